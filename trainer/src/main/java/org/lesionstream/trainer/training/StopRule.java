package org.lesionstream.trainer.training;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * When a run is over: whichever of its limits is met first.
 *
 * <p>A run limited by epochs or patience alone is repeatable bit by bit on one machine; one limited by time is not, because a busier machine gets less far.
 *
 * @param time of training, checked after every step, so it is overrun by one step and one validation at most
 * @param epochs passes over the training samples
 * @param dice validation Dice that is good enough, above 0 up to 1
 * @param patience epochs in a row without a better validation Dice that are put up with
 */
public record StopRule(Optional<Duration> time, OptionalInt epochs, OptionalDouble dice, OptionalInt patience) {

    public StopRule {
        if (time.isEmpty() && epochs.isEmpty() && patience.isEmpty()) {
            throw new IllegalArgumentException("time, epochs or patience must be limited, or a run may never end");
        }
        time.ifPresent(limit -> {
            if (limit.isNegative() || limit.isZero()) {
                throw new IllegalArgumentException("time must be positive, was " + limit);
            }
        });
        requirePositive("epochs", epochs);
        requirePositive("patience", patience);
        dice.ifPresent(limit -> {
            if (!(limit > 0 && limit <= 1)) {
                throw new IllegalArgumentException("dice must lie in (0, 1], was " + limit);
            }
        });
    }

    private static void requirePositive(String what, OptionalInt limit) {
        if (limit.isPresent() && limit.getAsInt() <= 0) {
            throw new IllegalArgumentException(what + " must be positive, was " + limit.getAsInt());
        }
    }

    /** Ends after so many epochs. */
    public static StopRule epochs(int epochs) {
        return new StopRule(Optional.empty(), OptionalInt.of(epochs), OptionalDouble.empty(), OptionalInt.empty());
    }

    /** Share of the run that is done, 0 to 1, by the limit of time or epochs that is nearest. */
    double progress(double epochsDone, Duration elapsed) {
        double byTime =
                time.map(limit -> (double) elapsed.toNanos() / limit.toNanos()).orElse(0.0);
        double byEpochs = epochs.isPresent() ? epochsDone / epochs.getAsInt() : 0;
        return Math.min(1, Math.max(byTime, byEpochs));
    }

    boolean timeIsUp(Duration elapsed) {
        return time.isPresent() && elapsed.compareTo(time.get()) >= 0;
    }

    /**
     * Why the run is over, in words; empty while it is not.
     *
     * @param last the epoch that is just done
     * @param best the best epoch so far; none while no epoch may be kept
     */
    Optional<String> ending(EpochReport last, Optional<EpochReport> best) {
        if (epochs.isPresent() && last.epoch() >= epochs.getAsInt()) {
            return Optional.of("all epochs are done");
        }
        if (timeIsUp(last.elapsed())) {
            return Optional.of("the time is up");
        }
        if (dice.isPresent() && last.validationDice() >= dice.getAsDouble()) {
            return Optional.of("early stop, validation Dice is good enough");
        }
        if (patience.isPresent()
                && best.isPresent()
                && last.epoch() - best.get().epoch() >= patience.getAsInt()) {
            return Optional.of("early stop, no better validation Dice for %d epochs".formatted(patience.getAsInt()));
        }
        return Optional.empty();
    }
}
