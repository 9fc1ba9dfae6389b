package org.lesionstream.worker.intake;

/**
 * How much the intake takes at a time.
 *
 * @param maxInFlight messages of one lane between poll and commit at which the lane is paused
 * @param maxPollRecords most messages of one poll. A poll is not interrupted at the limit above, so that a lane may pass
 *     it by one poll; see {@link #mostInFlight}
 * @param maxMessageBytes longest message that is read; a longer one is refused
 */
public record IntakeLimits(int maxInFlight, int maxPollRecords, int maxMessageBytes) {
    /** With more open messages on one partition the ledger's metadata might outgrow what the broker keeps. */
    private static final int MOST_IN_FLIGHT = 400;

    public IntakeLimits {
        if (maxInFlight < 1) {
            throw new IllegalArgumentException("maxInFlight must be positive, was " + maxInFlight);
        }
        if (maxPollRecords < 1) {
            throw new IllegalArgumentException("maxPollRecords must be positive, was " + maxPollRecords);
        }
        if (maxInFlight + (long) maxPollRecords > MOST_IN_FLIGHT) {
            throw new IllegalArgumentException("maxInFlight + maxPollRecords must be at most " + MOST_IN_FLIGHT
                    + ", was " + (maxInFlight + (long) maxPollRecords));
        }
        if (maxMessageBytes < 1) {
            throw new IllegalArgumentException("maxMessageBytes must be positive, was " + maxMessageBytes);
        }
    }

    /** Most messages of one lane that are ever in flight: what the hand-offs behind the intake must be able to hold. */
    public int mostInFlight() {
        return maxInFlight + maxPollRecords - 1;
    }
}
