package org.lesionstream.trainer.loss;

import static java.util.stream.Collectors.joining;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.lesionstream.trainer.term.Term;

/**
 * Cross entropy per pixel {@code e(x) = -log p_label(x)}, weighted by {@code v(x) = w(x) c_label(x)} and reduced to one number.
 *
 * <ul>
 *   <li>{@code p} is the sigmoid of the logits for {@code K = 1}, their softmax over the classes otherwise.
 *   <li>{@code w} are the weights of the target, {@code c} those of the classes; either is 1 where it is not given.
 *   <li>U-Net (Ronneberger et al. 2015, equation 1, with the sign that makes it a loss) leaves the reduction open. The default is the mean over
 *       weights: the size of a step then does not depend on the weight map.
 * </ul>
 *
 * @param reduction from pixels to one number
 * @param classWeights one for each class, background first; none where all weigh alike
 */
public record CrossEntropyLoss(Reduction reduction, List<Double> classWeights) implements SegmentationLoss {

    static final String NAME = "cross-entropy";
    static final String REDUCTION = "reduction";
    static final String CLASS_WEIGHTS = "class-weights";
    private static final String NONE = "none";

    /** From pixels to one number. */
    public enum Reduction {
        /** {@code sum v e / sum v}. */
        MEAN_OVER_WEIGHTS,
        /** {@code sum v e / (N H W)}. */
        MEAN_OVER_PIXELS,
        /** {@code sum v e}. */
        SUM
    }

    /** All weights 0 give 0, not a division by it. */
    private static final float TINY = 1e-12f;

    public CrossEntropyLoss {
        Objects.requireNonNull(reduction, "reduction");
        classWeights = List.copyOf(classWeights);
        if (classWeights.size() == 1
                || classWeights.stream().anyMatch(weight -> !(weight >= 0) || Double.isInfinite(weight))) {
            throw new IllegalArgumentException(
                    "classWeights must be none or two and more, finite and not negative, were " + classWeights);
        }
    }

    static CrossEntropyLoss of(Term term) {
        String weights = term.options().getOrDefault(CLASS_WEIGHTS, NONE);
        List<Double> numbers = weights.equals(NONE) ? List.of() : HeadWeights.numbers(CLASS_WEIGHTS, weights);
        return new CrossEntropyLoss(Choices.read(term, REDUCTION, Reduction.values()), numbers);
    }

    @Override
    public boolean weighsPixels() {
        return true;
    }

    @Override
    public NDArray of(NDArray logits, Target target) {
        target.requireShapeOf(logits);
        NDArray errors = PixelCrossEntropy.ofClasses(logits, target.classes()); // [N, 1, H, W]
        Optional<NDArray> weights = weights(target);
        NDArray weighted = weights.map(errors::mul).orElse(errors);
        return switch (reduction) {
            case SUM -> weighted.sum();
            case MEAN_OVER_PIXELS -> weighted.mean();
            case MEAN_OVER_WEIGHTS ->
                weights.map(each -> weighted.sum().div(each.sum().maximum(TINY)))
                        .orElseGet(weighted::mean);
        };
    }

    /** {@code v}, {@code [N, 1, H, W]}. */
    private Optional<NDArray> weights(Target target) {
        if (classWeights.isEmpty()) {
            return target.weights();
        }
        NDArray ofClass = ofClass(target.classes());
        return Optional.of(target.weights().map(ofClass::mul).orElse(ofClass));
    }

    private NDArray ofClass(NDArray classes) {
        int maps = Math.toIntExact(classes.getShape().get(1));
        if (classWeights.size() != Math.max(2, maps)) {
            throw new IllegalArgumentException(
                    "class-weights must be %d, were %d".formatted(Math.max(2, maps), classWeights.size()));
        }
        float[] weights = new float[classWeights.size()];
        for (int label = 0; label < weights.length; label++) {
            weights[label] = classWeights.get(label).floatValue();
        }
        if (maps == 1) {
            return classes.mul(weights[1] - weights[0]).add(weights[0]);
        }
        NDArray each = classes.getManager().create(weights, new Shape(1, maps, 1, 1));
        return classes.mul(each.toDevice(classes.getDevice(), false)).sum(new int[] {1}, true);
    }

    @Override
    public String toString() {
        List<String> weights = new ArrayList<>();
        classWeights.forEach(weight -> weights.add(Term.text(weight)));
        return new Term(
                        NAME,
                        Map.of(
                                REDUCTION,
                                Choices.text(reduction),
                                CLASS_WEIGHTS,
                                weights.isEmpty() ? NONE : weights.stream().collect(joining("/"))))
                .toString();
    }
}
