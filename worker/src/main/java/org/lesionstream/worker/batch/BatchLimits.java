package org.lesionstream.worker.batch;

import java.time.Duration;

/**
 * How long items may wait, and how many.
 *
 * @param maxDelay how long an item waits for company on a busy device; short beside one run of the network, so that waiting is
 *     never what a caller notices, yet long enough that the tiles of images that arrive together meet
 * @param patience how long after its arrival an item without a deadline counts as due, so that items with one cannot pass it
 *     for ever
 * @param maxWaiting waiting items per lane at which {@link MicroBatcher#hasRoom} turns false
 */
public record BatchLimits(Duration maxDelay, Duration patience, int maxWaiting) {

    public BatchLimits {
        if (maxDelay.isNegative()) {
            throw new IllegalArgumentException("maxDelay must not be negative, was " + maxDelay);
        }
        if (patience.isNegative()) {
            throw new IllegalArgumentException("patience must not be negative, was " + patience);
        }
        if (maxWaiting < 1) {
            throw new IllegalArgumentException("maxWaiting must be positive, was " + maxWaiting);
        }
    }
}
