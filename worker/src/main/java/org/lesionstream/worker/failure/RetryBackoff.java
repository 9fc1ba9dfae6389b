package org.lesionstream.worker.failure;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: twice as long after every failure, bounded, and never in step with others.
 *
 * <ul>
 *   <li>After the n-th failure in a row the wait lies between half and all of {@code first * 2^(n-1)}, and of {@code most}
 *       once that is reached. The lower half is kept so that a wait is a wait; the random upper half keeps a fleet of
 *       workers from knocking at a recovering database at the same instant.
 *   <li>As thread-safe as the random generator that it is given.
 * </ul>
 */
public final class RetryBackoff {
    private final Duration first;
    private final Duration most;
    private final RandomGenerator random;

    public RetryBackoff(Duration first, Duration most, RandomGenerator random) {
        if (first.isZero() || first.isNegative()) {
            throw new IllegalArgumentException("first must be positive, was " + first);
        }
        if (most.compareTo(first) < 0) {
            throw new IllegalArgumentException("most must be at least " + first + ", was " + most);
        }
        this.first = first;
        this.most = most;
        this.random = requireNonNull(random, "random");
    }

    /**
     * How long to wait before the next attempt.
     *
     * @param failures how many attempts failed in a row, at least 1
     */
    public Duration delay(int failures) {
        if (failures < 1) {
            throw new IllegalArgumentException("failures must be positive, was " + failures);
        }
        long ceiling = first.toNanos();
        for (int i = 1; i < failures && ceiling < most.toNanos(); i++) {
            ceiling = Math.min(most.toNanos(), 2 * ceiling);
        }
        long floor = ceiling / 2;
        return Duration.ofNanos(floor + random.nextLong(ceiling - floor + 1));
    }
}
