package org.lesionstream.worker.replay;

/** Where the message of a replay comes from. */
public enum ReplayWay {
    /** The dead letter holds the whole job, which is written anew. */
    FROM_LETTER("from its letter"),
    /** The letter lacks pixels, or the message could not be read: the same bytes are read from its topic and sent once more. */
    FROM_SOURCE("from its topic");

    private final String text;

    ReplayWay(String text) {
        this.text = text;
    }

    /** In a few words. */
    public String text() {
        return text;
    }
}
