package org.lesionstream.trainer.training;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * When a run is over: whichever of its limits is met first.
 *
 * <p>A run limited by epochs alone is repeatable bit by bit on one machine; one limited by time is not, because a busier machine gets less far.
 *
 * @param time checked after every batch, so it is overrun by one batch and one validation at most
 * @param epochs passes over the training samples
 * @param dice validation Dice that is good enough, above 0 up to 1
 */
public record StopRule(Optional<Duration> time, OptionalInt epochs, OptionalDouble dice) {

    public StopRule {
        if (time.isEmpty() && epochs.isEmpty()) {
            throw new IllegalArgumentException("time or epochs must be limited, or a run may never end");
        }
        time.ifPresent(limit -> {
            if (limit.isNegative() || limit.isZero()) {
                throw new IllegalArgumentException("time must be positive, was " + limit);
            }
        });
        epochs.ifPresent(limit -> {
            if (limit <= 0) {
                throw new IllegalArgumentException("epochs must be positive, was " + limit);
            }
        });
        dice.ifPresent(limit -> {
            if (!(limit > 0 && limit <= 1)) {
                throw new IllegalArgumentException("dice must lie in (0, 1], was " + limit);
            }
        });
    }

    /** Ends after so many epochs. */
    public static StopRule epochs(int epochs) {
        return new StopRule(Optional.empty(), OptionalInt.of(epochs), OptionalDouble.empty());
    }

    /** Share of the run that is done, 0 to 1, by the limit that is nearest. */
    double progress(double epochsDone, Duration elapsed) {
        double byTime =
                time.map(limit -> (double) elapsed.toNanos() / limit.toNanos()).orElse(0.0);
        double byEpochs = epochs.isPresent() ? epochsDone / epochs.getAsInt() : 0;
        return Math.min(1, Math.max(byTime, byEpochs));
    }

    boolean timeIsUp(Duration elapsed) {
        return time.isPresent() && elapsed.compareTo(time.get()) >= 0;
    }

    boolean isOver(EpochReport report) {
        return timeIsUp(report.elapsed())
                || (epochs.isPresent() && report.epoch() >= epochs.getAsInt())
                || (dice.isPresent() && report.validationDice() >= dice.getAsDouble());
    }
}
