package org.lesionstream.trainer.benchmark;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Times of steps of training.
 *
 * @param step from images and target to moved weights
 * @param forward from images to logits
 * @param loss from logits to a number in Java
 * @param backward from there to the gradients
 * @param update of all weights by Adam
 */
public record StepTiming(Timing step, Timing forward, Timing loss, Timing backward, Timing update) {

    /** Times of one step in milliseconds. */
    record Phases(double forward, double loss, double backward, double update) {
        double step() {
            return forward + loss + backward + update;
        }
    }

    static StepTiming of(List<Phases> steps) {
        return new StepTiming(
                timing(steps, Phases::step),
                timing(steps, Phases::forward),
                timing(steps, Phases::loss),
                timing(steps, Phases::backward),
                timing(steps, Phases::update));
    }

    private static Timing timing(List<Phases> steps, ToDoubleFunction<Phases> phase) {
        return Timing.of(steps.stream().mapToDouble(phase).boxed().toList());
    }
}
