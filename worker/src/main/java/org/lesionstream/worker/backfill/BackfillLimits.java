package org.lesionstream.worker.backfill;

import java.util.OptionalDouble;

/**
 * What the operator allows a backfill.
 *
 * @param perSecond most jobs submitted per second; empty for no limit
 * @param inFlight most jobs in the fleet without an outcome
 * @param strict whether the first refused entry ends it
 * @param toTheEnd whether it stays until the last outcome
 */
public record BackfillLimits(OptionalDouble perSecond, int inFlight, boolean strict, boolean toTheEnd) {
    public BackfillLimits {
        if (perSecond.isPresent() && !(perSecond.getAsDouble() > 0 && Double.isFinite(perSecond.getAsDouble()))) {
            throw new IllegalArgumentException("rate must be positive, was " + perSecond.getAsDouble());
        }
        if (inFlight < 1) {
            throw new IllegalArgumentException("in-flight must be positive, was " + inFlight);
        }
    }
}
