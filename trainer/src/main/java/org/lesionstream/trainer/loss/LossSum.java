package org.lesionstream.trainer.loss;

import static java.util.stream.Collectors.joining;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Objects;
import org.lesionstream.trainer.term.Term;

/**
 * A weighted sum {@code a A + b B + ...} of losses, usually cross entropy for calm gradients and soft Dice for small regions.
 *
 * @param parts at least one, not all of weight 0
 */
public record LossSum(List<Part> parts) implements SegmentationLoss {

    /**
     * One loss of the sum.
     *
     * @param weight finite and not negative
     * @param loss any but a sum, whose text would not say where it ends
     */
    public record Part(double weight, SegmentationLoss loss) {

        public Part {
            Objects.requireNonNull(loss, "loss");
            if (!(weight >= 0) || Double.isInfinite(weight)) {
                throw new IllegalArgumentException("weight of a loss must be finite and not negative, was " + weight);
            }
            if (loss instanceof LossSum) {
                throw new IllegalArgumentException("a part must not be a sum, was " + loss);
            }
        }

        /** The text form, {@code [weight*]term}. */
        @Override
        public String toString() {
            return weight == 1 ? loss.toString() : Term.text(weight) + "*" + loss;
        }
    }

    public LossSum {
        parts = List.copyOf(parts);
        if (parts.stream().noneMatch(part -> part.weight() > 0)) {
            throw new IllegalArgumentException("parts must hold one with a positive weight, were " + parts);
        }
    }

    @Override
    public boolean weighsPixels() {
        return parts.stream().anyMatch(part -> part.loss().weighsPixels());
    }

    @Override
    public NDArray of(NDArray logits, Target target) {
        NDArray sum = null;
        for (Part part : parts) {
            NDArray loss = part.loss().of(logits, target).mul((float) part.weight());
            sum = sum == null ? loss : sum.add(loss);
        }
        return sum;
    }

    /** The text form, which {@link LossCatalog#parse} reads back to an equal sum. */
    @Override
    public String toString() {
        return parts.stream().map(Part::toString).collect(joining("+"));
    }
}
