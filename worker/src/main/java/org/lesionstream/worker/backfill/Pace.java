package org.lesionstream.worker.backfill;

import java.util.OptionalDouble;

/**
 * At most so many jobs a second. Time in which nothing was sent is lost and not saved up, except for a tenth of a second, so that a
 * pause is never followed by a flood.
 *
 * <p>Pure: the time is passed in, in nanoseconds, and never goes back. Confined to one thread.
 */
final class Pace {
    private static final double NANOS = 1e9;
    /** Jobs go out in steps of this time, not one by one. */
    private static final double STEP_SECONDS = 0.05;

    private final OptionalDouble perSecond;
    private final double step;
    private double saved;
    private long at;

    /** @param perSecond most jobs a second; empty for no limit */
    Pace(OptionalDouble perSecond, long now) {
        if (perSecond.isPresent() && !(perSecond.getAsDouble() > 0 && Double.isFinite(perSecond.getAsDouble()))) {
            throw new IllegalArgumentException("perSecond must be positive, was " + perSecond.getAsDouble());
        }
        this.perSecond = perSecond;
        this.step = Math.max(1, perSecond.orElse(0) * STEP_SECONDS);
        this.saved = step;
        this.at = now;
    }

    /** How many jobs may go out now. */
    int available(long now) {
        if (perSecond.isEmpty()) {
            return Integer.MAX_VALUE;
        }
        refill(now);
        return (int) saved;
    }

    /** Notes that so many went out. */
    void took(int jobs) {
        saved -= jobs;
    }

    /** When the next step may go out; {@code now} if it may already. */
    long next(long now) {
        if (perSecond.isEmpty()) {
            return now;
        }
        refill(now);
        return saved >= step ? now : now + (long) Math.ceil((step - saved) / perSecond.getAsDouble() * NANOS);
    }

    private void refill(long now) {
        saved = Math.min(2 * step, saved + (now - at) / NANOS * perSecond.getAsDouble());
        at = now;
    }
}
