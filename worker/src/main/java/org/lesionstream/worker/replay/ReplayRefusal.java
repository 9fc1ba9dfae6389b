package org.lesionstream.worker.replay;

/** Why something cannot be replayed. */
public enum ReplayRefusal {
    /** Nothing of that id has an outcome. */
    UNKNOWN("no outcome of such a job"),
    /** A mask is never replaced. */
    SEGMENTED("it is segmented; a mask is never replaced"),
    /** Its replay was asked for and has no outcome yet. */
    UNDER_WAY("its replay was asked for and has no outcome yet"),
    /** The bytes were sent again; what became of them stands under their new position. */
    SENT_AGAIN("its bytes were sent again; their answer stands under the new position, see show"),
    /** The answer would be worthless, and a dead letter again. */
    DEADLINE_PASSED("its deadline has passed"),
    /** The topic holds the message no longer, and the letter does not hold all of it. */
    SOURCE_GONE("its topic no longer holds the message, and the letter does not hold all of it"),
    /** At the position stands another message, as in a topic that was made anew. */
    SOURCE_DIFFERS("another message stands at its position now"),
    /** No worker would read it there. */
    NO_JOB_TOPIC("the topic that it came by is none of the topics of jobs"),
    /** The letter is in a form that this version does not read. */
    NEWER_VERSION("a later version of the worker wrote the letter"),
    /** The topic takes no message of that length any more. */
    TOO_LARGE("the message is too long for its topic");

    private final String text;

    ReplayRefusal(String text) {
        this.text = text;
    }

    /** In one clause. */
    public String text() {
        return text;
    }
}
