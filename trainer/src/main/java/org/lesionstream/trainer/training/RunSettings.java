package org.lesionstream.trainer.training;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.lesionstream.trainer.optimizer.GradientClip;
import org.lesionstream.trainer.optimizer.LearningRateSchedule;
import org.lesionstream.trainer.optimizer.OptimizerRule;
import org.lesionstream.trainer.optimizer.WeightAverage;

/**
 * Everything that the loop itself must be told; defaults and their reasons stand in the recipes.
 *
 * @param seed of order, augmentation and dropout
 * @param batchSize samples per forward pass
 * @param accumulate forward passes per step of the optimizer
 * @param optimizer how parameters follow their gradients
 * @param learningRate of the first step
 * @param schedule how the rate goes on from there
 * @param clip bound of the gradients of a step
 * @param average of the weights, judged and kept in their place; none judges the weights themselves
 * @param bestFrom first epoch whose weights may be kept as the best, counted from 1
 * @param stop when the run is over
 * @param keepEvery time between two times that the run is kept
 */
public record RunSettings(
        long seed,
        int batchSize,
        int accumulate,
        OptimizerRule optimizer,
        double learningRate,
        LearningRateSchedule schedule,
        GradientClip clip,
        Optional<WeightAverage.Rule> average,
        int bestFrom,
        StopRule stop,
        Duration keepEvery) {

    public RunSettings {
        Objects.requireNonNull(optimizer, "optimizer");
        Objects.requireNonNull(schedule, "schedule");
        Objects.requireNonNull(clip, "clip");
        Objects.requireNonNull(average, "average");
        Objects.requireNonNull(stop, "stop");
        requirePositive("batchSize", batchSize);
        requirePositive("accumulate", accumulate);
        requirePositive("bestFrom", bestFrom);
        if (!(learningRate > 0 && learningRate < 10)) {
            throw new IllegalArgumentException("learningRate must lie between 0 and 10, was " + learningRate);
        }
        if (keepEvery.isNegative() || keepEvery.isZero()) {
            throw new IllegalArgumentException("keepEvery must be positive, was " + keepEvery);
        }
    }

    private static void requirePositive(String what, int number) {
        if (number <= 0) {
            throw new IllegalArgumentException(what + " must be positive, was " + number);
        }
    }
}
