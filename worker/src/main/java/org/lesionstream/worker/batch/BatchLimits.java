package org.lesionstream.worker.batch;

import java.time.Duration;

/**
 * How large a batch may grow, how long it may wait for that, and how much may wait at all.
 *
 * @param maxSize items in a full batch
 * @param maxDelay how long an item may wait for company; short beside one run of the network, so that waiting is never what a
 *     caller notices, yet long enough that the tiles of images that arrive together meet
 * @param maxWaiting waiting items per lane at which {@link MicroBatcher#hasRoom} turns false
 */
public record BatchLimits(int maxSize, Duration maxDelay, int maxWaiting) {

    public BatchLimits {
        if (maxSize < 1) {
            throw new IllegalArgumentException("maxSize must be positive, was " + maxSize);
        }
        if (maxDelay.isNegative()) {
            throw new IllegalArgumentException("maxDelay must not be negative, was " + maxDelay);
        }
        if (maxWaiting < maxSize) {
            throw new IllegalArgumentException(
                    "maxWaiting must be at least maxSize (" + maxSize + "), was " + maxWaiting);
        }
    }
}
