package org.lesionstream.worker.backfill;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * How fast a count has grown lately: over the last half minute, so that a fast start, such as entries that were done before, does not
 * flatter the rest.
 *
 * <p>Pure: the time is passed in, in nanoseconds. Confined to one thread.
 */
public final class Speed {
    private static final long WINDOW = Duration.ofSeconds(30).toNanos();
    private static final long STEP = Duration.ofSeconds(1).toNanos();
    private static final double NANOS = 1e9;

    private record Sample(long at, long count) {}

    /** Newest last; never empty. */
    private final Deque<Sample> samples = new ArrayDeque<>();

    private Sample latest;

    public Speed(long now) {
        this.latest = new Sample(now, 0);
        samples.add(latest);
    }

    /** Notes the count. */
    public void note(long now, long count) {
        latest = new Sample(now, count);
        if (now - samples.getLast().at() >= STEP) {
            samples.add(latest);
        }
        while (samples.size() > 1 && now - samples.getFirst().at() > WINDOW) {
            samples.remove();
        }
    }

    /** What came per second. */
    public double perSecond() {
        Sample first = samples.getFirst();
        long nanos = latest.at() - first.at();
        return nanos <= 0 ? 0 : (latest.count() - first.count()) * NANOS / nanos;
    }

    /** How long the rest takes at this speed; empty while there is none. */
    public Optional<Duration> remaining(long rest) {
        double speed = perSecond();
        return speed > 0 ? Optional.of(Duration.ofMillis((long) (1000 * rest / speed))) : Optional.empty();
    }
}
