package org.lesionstream.worker.broker;

import java.util.Locale;

/** How the workers of a fleet share the messages of a topic. */
public enum GroupKind {
    /** By partitions, each with one worker; finished offsets are committed in the transaction of the answers. */
    CONSUMER_GROUP,
    /**
     * By messages, each with one worker for a time (KIP-932); more workers than partitions share a topic. Answers are published at
     * least once, repetitions under the same id.
     */
    SHARE_GROUP;

    /** As it is set and printed. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
