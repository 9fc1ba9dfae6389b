package org.lesionstream.worker.intake;

/**
 * How a worker takes part in a share group.
 *
 * @param consumers share consumers per lane. One of them takes nothing new while it holds a message that is not answered; see {@link
 *     ShareHand}
 * @param deliveries how often the broker delivers a message, {@code share.delivery.count.limit} of the group
 */
public record ShareLimits(int consumers, int deliveries) {
    public ShareLimits {
        if (consumers < 1) {
            throw new IllegalArgumentException("consumers must be positive, was " + consumers);
        }
        if (deliveries < 2) {
            throw new IllegalArgumentException("deliveries must be at least 2, was " + deliveries);
        }
    }

    /**
     * Most messages that one share consumer holds, so that all of a lane together stay within its limits.
     *
     * @throws IllegalArgumentException if there is not one message for each
     */
    int hand(IntakeLimits limits) {
        if (consumers > limits.maxInFlight()) {
            throw new IllegalArgumentException(
                    "consumers must be at most maxInFlight, " + limits.maxInFlight() + ", was " + consumers);
        }
        return Math.min(limits.maxPollRecords(), limits.maxInFlight() / consumers);
    }
}
