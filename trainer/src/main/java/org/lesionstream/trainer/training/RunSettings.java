package org.lesionstream.trainer.training;

import java.util.Objects;

/**
 * Every number a run can be given; what is not here is fixed in the code that a checkpoint's producer version names.
 *
 * @param seed of initial weights, shuffling and augmentation. Default 1: any number does, but it must be known
 * @param batchSize samples per step. Default 8: a run of minutes on a CPU needs many steps, and the fewer samples the noisier are
 *     BatchNorm's statistics
 * @param learningRate of Adam's first step. Default 0.002, twice the customary one, for runs of minutes on networks with BatchNorm
 * @param schedule default {@link LearningRateSchedule#COSINE}, which ends every run with small steps
 * @param crossEntropyWeight weight of the cross entropy. Default 0.5, as in UNet++: its gradient does not vanish while nothing overlaps yet
 * @param diceWeight weight of the soft Dice. Default 1: small lesions count as much as large ones
 * @param diceSmoothing the {@code s} of the soft Dice. Default 1 pixel: it bounds the gradient of an absent class
 * @param contrast largest change of contrast in augmentation, as a share. Default 0.2
 * @param brightness largest shift in augmentation, in grey levels. Default 20, little enough for pale lesions to stay visible
 * @param flips whether windows are flipped and turned. Default true; false where left and right or up and down mean something
 * @param validationShare cases that judge, where no {@code val/} folder says so. Default 0.15
 * @param stop when the run is over
 */
public record RunSettings(
        long seed,
        int batchSize,
        double learningRate,
        LearningRateSchedule schedule,
        double crossEntropyWeight,
        double diceWeight,
        double diceSmoothing,
        double contrast,
        double brightness,
        boolean flips,
        double validationShare,
        StopRule stop) {

    public RunSettings {
        Objects.requireNonNull(schedule, "schedule");
        Objects.requireNonNull(stop, "stop");
        if (batchSize <= 0) {
            throw new IllegalArgumentException("batchSize must be positive, was " + batchSize);
        }
        if (!(learningRate > 0 && learningRate < 1)) {
            throw new IllegalArgumentException("learningRate must lie between 0 and 1, was " + learningRate);
        }
        if (!(crossEntropyWeight >= 0 && diceWeight >= 0 && crossEntropyWeight + diceWeight > 0)
                || Double.isInfinite(crossEntropyWeight + diceWeight)) {
            throw new IllegalArgumentException("loss weights must be finite, not negative and not both 0, were "
                    + crossEntropyWeight + " and " + diceWeight);
        }
        if (!(diceSmoothing > 0) || Double.isInfinite(diceSmoothing)) {
            throw new IllegalArgumentException("diceSmoothing must be positive and finite, was " + diceSmoothing);
        }
        if (!(contrast >= 0 && contrast < 1)) {
            throw new IllegalArgumentException("contrast must lie in [0, 1), was " + contrast);
        }
        if (!(brightness >= 0 && brightness < 256)) {
            throw new IllegalArgumentException("brightness must lie in [0, 256), was " + brightness);
        }
        if (!(validationShare > 0 && validationShare < 1)) {
            throw new IllegalArgumentException("validationShare must lie between 0 and 1, was " + validationShare);
        }
    }

    /** The defaults, for a run that ends by {@code stop}. */
    public static RunSettings defaults(StopRule stop) {
        return new RunSettings(1, 8, 0.002, LearningRateSchedule.COSINE, 0.5, 1, 1, 0.2, 20, true, 0.15, stop);
    }

    public RunSettings withSeed(long other) {
        return new RunSettings(
                other,
                batchSize,
                learningRate,
                schedule,
                crossEntropyWeight,
                diceWeight,
                diceSmoothing,
                contrast,
                brightness,
                flips,
                validationShare,
                stop);
    }

    public RunSettings withBatchSize(int other) {
        return new RunSettings(
                seed,
                other,
                learningRate,
                schedule,
                crossEntropyWeight,
                diceWeight,
                diceSmoothing,
                contrast,
                brightness,
                flips,
                validationShare,
                stop);
    }

    public RunSettings withLearningRate(double other) {
        return new RunSettings(
                seed,
                batchSize,
                other,
                schedule,
                crossEntropyWeight,
                diceWeight,
                diceSmoothing,
                contrast,
                brightness,
                flips,
                validationShare,
                stop);
    }
}
