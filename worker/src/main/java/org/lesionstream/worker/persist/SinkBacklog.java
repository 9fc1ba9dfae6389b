package org.lesionstream.worker.persist;

import java.time.Duration;

/**
 * What is still on its way to the sink.
 *
 * @param due cases that are to be written
 * @param oldest how long the longest of them has waited since it was closed; zero without any
 * @param failed cases that cannot be written before somebody mends the cause
 */
public record SinkBacklog(long due, Duration oldest, long failed) {
    public static final SinkBacklog NONE = new SinkBacklog(0, Duration.ZERO, 0);
}
