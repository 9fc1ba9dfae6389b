package org.lesionstream.worker.persist;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * A replay that was asked for and has no outcome yet.
 *
 * @param number which replay of the job, counted from 1
 * @param sent whether the broker is known to have the message
 * @param abandoned whether it was not sent and whoever asked for it has had time enough to do so
 */
public record PendingReplay(int number, Instant requestedAt, boolean sent, boolean abandoned) {
    public PendingReplay {
        requireNonNull(requestedAt, "requestedAt");
        if (number < 1) {
            throw new IllegalArgumentException("number must be at least 1, was " + number);
        }
    }
}
