package org.lesionstream.trainer.training;

import java.time.Duration;

/**
 * A run right after a step.
 *
 * @param epoch counted from 1
 * @param loss mean over the samples of the step
 * @param progress share of the run that is done, 0 to 1
 * @param left estimate of the time to the end, from the progress so far
 * @param imagesPerSecond samples over time of training since the process began, validation included
 * @param waited share of that time in which the next batch was waited for
 */
public record StepReport(
        int epoch, double loss, double progress, Duration left, double imagesPerSecond, double waited) {}
