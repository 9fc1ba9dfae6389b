package org.lesionstream.worker.persist;

import java.util.Locale;

/**
 * Where a backfill stands.
 *
 * <ul>
 *   <li>{@link #RUNNING}: entries are read and submitted. To paused, finished or stopped.
 *   <li>{@link #PAUSED}: an operator wants no more jobs for now; outcomes are still counted. To running or stopped.
 *   <li>{@link #FINISHED}: every entry was submitted, done before or refused. Running again begins from the start.
 *   <li>{@link #STOPPED}: ended before that. Running again goes on, since what is done is known.
 * </ul>
 */
public enum BackfillState {
    RUNNING,
    PAUSED,
    FINISHED,
    STOPPED;

    /** The word in the table and in what people read. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static BackfillState ofWord(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** Whether a program is at it, unless that program died. */
    public boolean open() {
        return this == RUNNING || this == PAUSED;
    }
}
