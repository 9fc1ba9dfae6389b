package org.lesionstream.trainer.loss;

import ai.djl.ndarray.NDArray;
import java.util.Objects;

/**
 * A weighted sum {@code a A + b B} of two losses, usually cross entropy for calm gradients and soft Dice for small regions.
 *
 * @param first {@code A}
 * @param firstWeight {@code a >= 0}
 * @param second {@code B}
 * @param secondWeight {@code b >= 0}; not both weights are 0
 */
public record CombinedLoss(SegmentationLoss first, double firstWeight, SegmentationLoss second, double secondWeight)
        implements SegmentationLoss {

    public CombinedLoss {
        Objects.requireNonNull(first, "first");
        Objects.requireNonNull(second, "second");
        if (!(firstWeight >= 0) || !(secondWeight >= 0) || !(firstWeight + secondWeight > 0)) {
            throw new IllegalArgumentException(
                    "weights must not be negative nor both 0, were %s and %s".formatted(firstWeight, secondWeight));
        }
    }

    @Override
    public NDArray of(NDArray logits, NDArray target) {
        return first.of(logits, target)
                .mul((float) firstWeight)
                .add(second.of(logits, target).mul((float) secondWeight));
    }
}
