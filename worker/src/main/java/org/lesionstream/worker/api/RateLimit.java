package org.lesionstream.worker.api;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Spaces out what callers do: each may do {@code burst} things at once and {@code perSecond} a second for long.
 *
 * <ul>
 *   <li>A token bucket for each caller, kept as the time at which it will be full again (the generic cell rate algorithm).
 *   <li>Exact: in any stretch of time {@code t} a caller does at most {@code burst + t * perSecond} things.
 *   <li>Bounded: a bucket that is full again is as good as none and is forgotten; while as many as are kept are all in use, a new
 *       caller waits.
 *   <li>Thread-safe. Takes the time in nanoseconds of any monotonic clock.
 * </ul>
 */
final class RateLimit {
    private final long interval;
    private final long tolerance;
    private final int mostCallers;
    private final Map<String, Long> fullAt = new HashMap<>();

    RateLimit(int perSecond, int burst, int mostCallers) {
        if (perSecond < 1 || burst < 1 || mostCallers < 1) {
            throw new IllegalArgumentException("perSecond, burst and mostCallers must be positive, were " + perSecond
                    + ", " + burst + " and " + mostCallers);
        }
        this.interval = Duration.ofSeconds(1).toNanos() / perSecond;
        this.tolerance = interval * burst;
        this.mostCallers = mostCallers;
    }

    /**
     * Takes a place for a caller.
     *
     * @return how long the caller must wait before there is one; empty if it was taken
     */
    synchronized Optional<Duration> take(String caller, long now) {
        if (!fullAt.containsKey(caller) && fullAt.size() >= mostCallers) {
            fullAt.values().removeIf(full -> full - now <= 0);
            if (fullAt.size() >= mostCallers) {
                return Optional.of(Duration.ofNanos(fullAt.values().stream()
                        .mapToLong(full -> full - now)
                        .min()
                        .orElseThrow()));
            }
        }
        long left = Math.max(0, fullAt.getOrDefault(caller, now) - now);
        long excess = left + interval - tolerance;
        if (excess > 0) {
            return Optional.of(Duration.ofNanos(excess));
        }
        fullAt.put(caller, now + left + interval);
        return Optional.empty();
    }
}
