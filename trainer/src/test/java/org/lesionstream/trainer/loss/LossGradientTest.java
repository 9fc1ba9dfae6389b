package org.lesionstream.trainer.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.Optional;
import java.util.Random;
import java.util.function.DoubleSupplier;
import java.util.stream.DoubleStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Gradients against differences of the loss itself, in 64 bits. */
class LossGradientTest {

    private static final double STEP = 1e-5;
    private static final int SIDE = 3;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 | cross-entropy",
                "1 | cross-entropy:class-weights=1/3,reduction=sum",
                "3 | cross-entropy",
                "3 | cross-entropy:class-weights=1/2/3",
                "3 | cross-entropy:reduction=mean-over-pixels",
                "1 | dice",
                "3 | dice:background=true,sums=image",
                "3 | dice:denominator=squared",
                "3 | dice:classes=together,sums=image",
                "1 | bce-dice",
                "3 | bce-dice",
                "1 | balanced-cross-entropy:foreground=0.7",
                "1 | structure",
                "1 | structure:form=as-published",
                "3 | nnunet",
                "3 | milesial",
                "1 | unetpp-keras",
                "1 | uctransnet"
            })
    void gradientIsTheSlopeOfTheLoss(int maps, String text) {
        SegmentationLoss loss = LossCatalog.parse(text);
        Random random = new Random(7);
        Shape shape = new Shape(2, maps, SIDE, SIDE);
        try (NDManager manager = NDManager.newBaseManager()) {
            Target target = new Target(
                    manager.create(classes(random, maps), shape),
                    Optional.of(
                            manager.create(numbers(2 * SIDE * SIDE, random::nextDouble), new Shape(2, 1, SIDE, SIDE))));
            double[] place = numbers((int) shape.size(), random::nextGaussian);
            double[] gradient;
            NDArray logits = manager.create(place, shape);
            logits.setRequiresGradient(true);
            try (GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
                gradients.backward(loss.of(logits, target));
                gradient = logits.getGradient().toDoubleArray();
            }
            double largest = DoubleStream.of(gradient).map(Math::abs).max().orElseThrow();
            assertThat(largest).isGreaterThan(1e-3);
            for (int index = 0; index < place.length; index++) {
                double slope = (moved(loss, target, place, shape, index, STEP)
                                - moved(loss, target, place, shape, index, -STEP))
                        / (2 * STEP);
                assertThat(gradient[index]).isCloseTo(slope, within(1e-6 * largest));
            }
        }
    }

    private static double moved(
            SegmentationLoss loss, Target target, double[] place, Shape shape, int index, double step) {
        double[] beside = place.clone();
        beside[index] += step;
        try (NDManager scope = target.classes().getManager().newSubManager()) {
            return loss.of(scope.create(beside, shape), target).toDoubleArray()[0];
        }
    }

    /** One class for every pixel. */
    private static double[] classes(Random random, int maps) {
        int pixels = SIDE * SIDE;
        double[] classes = new double[2 * maps * pixels];
        for (int pixel = 0; pixel < 2 * pixels; pixel++) {
            int label = random.nextInt(Math.max(2, maps));
            if (maps > 1) {
                classes[(pixel / pixels * maps + label) * pixels + pixel % pixels] = 1;
            } else {
                classes[pixel] = label;
            }
        }
        return classes;
    }

    private static double[] numbers(int count, DoubleSupplier random) {
        return DoubleStream.generate(random).limit(count).toArray();
    }
}
