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
        int epoch, double trainingLoss, double validationDice, double learningRate, Duration elapsed) {}
