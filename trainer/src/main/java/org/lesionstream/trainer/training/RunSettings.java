package org.lesionstream.trainer.training;

import java.util.Objects;

/**
 * Every number a run can be given; what is not here is fixed in the code that a checkpoint's producer version names.
 *
 * @param seed of initial weights, shuffling and augmentation. Default 1: any number does, but it must be known
 * @param batchSize samples per step. Default 8: on two cores larger batches gave no more images per second and fewer steps, and smaller ones
 *     make BatchNorm's statistics noisy
 * @param learningRate of Adam's first step. Default 0.002: networks with BatchNorm bear it from the start, and runs of minutes need it
 * @param schedule default {@link LearningRateSchedule#COSINE}: the last tenth of the run gains the last points of Dice
 * @param crossEntropyWeight weight of the cross entropy. Default 0.5, as in UNet++: it steers from the first step, when Dice is still flat
 * @param diceWeight weight of the soft Dice. Default 1: it is what people look at, and small lesions count
 * @param diceSmoothing the {@code s} of the soft Dice. Default 1 pixel: an absent class gives no steep gradients
 * @param contrast largest change of contrast in augmentation, as a share. Default 0.2
 * @param brightness largest shift in augmentation, in grey levels. Default 20; more and pale lesions vanish
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
