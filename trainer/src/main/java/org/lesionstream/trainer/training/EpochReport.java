package org.lesionstream.trainer.training;

import java.time.Duration;

/**
 * One point of the training curve.
 *
 * @param epoch counted from 1
 * @param trainingLoss mean over the epoch's samples, with augmentation
 * @param validationDice of the judging cases after the epoch
 * @param learningRate of the epoch's last step
 * @param elapsed since the run began
 */
public record EpochReport(
        int epoch, double trainingLoss, double validationDice, double learningRate, Duration elapsed) {

    public EpochReport {
        if (epoch < 1) {
            throw new IllegalArgumentException("epoch must be positive, was " + epoch);
        }
        if (!Double.isFinite(trainingLoss)) {
            throw new IllegalArgumentException("trainingLoss must be finite, was " + trainingLoss);
        }
        if (!(validationDice >= 0 && validationDice <= 1)) {
            throw new IllegalArgumentException("validationDice must be from 0 to 1, was " + validationDice);
        }
        if (!(learningRate >= 0) || Double.isInfinite(learningRate)) {
            throw new IllegalArgumentException("learningRate must not be negative, was " + learningRate);
        }
        if (elapsed.isNegative()) {
            throw new IllegalArgumentException("elapsed must not be negative, was " + elapsed);
        }
    }
}
