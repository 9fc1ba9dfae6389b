package org.lesionstream.worker.backfill;

import java.time.Duration;

/** The time of one run, and the wish to end it. */
public interface Timekeeper {

    /** Nanoseconds since some moment before the run; never goes back. */
    long nanos();

    /** Waits, but not after somebody wished the end. */
    void pause(Duration time);

    /** Whether somebody wishes that the run ends, as with Ctrl-C. */
    boolean stopped();
}
