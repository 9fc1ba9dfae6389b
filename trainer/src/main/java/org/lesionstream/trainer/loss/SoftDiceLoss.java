package org.lesionstream.trainer.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.nn.Activation;
import java.util.Objects;

/**
 * One minus the Dice overlap of probabilities {@code p} with the target {@code g}:
 * {@code 1 - mean((2 sum p g + s) / (sum p + sum g + s))}.
 *
 * <p>Cross entropy counts every pixel alike, so a small lesion hardly weighs; this loss weighs regions, whatever their size
 * (Milletari et al. 2016; Drozdzal et al. 2016 for the plain denominator).
 *
 * <ul>
 *   <li>{@code p} is the sigmoid of the logits for {@code K = 1}, their softmax over the classes otherwise.
 *   <li>{@link Sums#PER_IMAGE} sums over the pixels of each image and averages over images and classes; {@link Sums#PER_BATCH}
 *       sums over the whole batch and averages over classes, which stays calm when many images lack a class.
 *   <li>Without background, class 0 is left out of the average for {@code K >= 2}.
 * </ul>
 *
 * @param sums what one overlap is taken over
 * @param background whether class 0 counts when there are two and more maps
 * @param smoothing {@code s > 0}: defines the overlap of an absent class, and bounds its gradient
 */
public record SoftDiceLoss(Sums sums, boolean background, double smoothing) implements SegmentationLoss {

    private static final int CLASS_AXIS = 1;

    /** The pixels that share one overlap. */
    public enum Sums {
        PER_IMAGE,
        PER_BATCH;

        private int[] axes() {
            return this == PER_IMAGE ? new int[] {2, 3} : new int[] {0, 2, 3};
        }
    }

    public SoftDiceLoss {
        Objects.requireNonNull(sums, "sums");
        if (!(smoothing > 0) || Double.isInfinite(smoothing)) {
            throw new IllegalArgumentException("smoothing must be positive and finite, was " + smoothing);
        }
    }

    @Override
    public NDArray of(NDArray logits, NDArray target) {
        SegmentationLoss.requireSameShape(logits, target);
        boolean binary = logits.getShape().get(CLASS_AXIS) == 1;
        NDArray probability = binary ? Activation.sigmoid(logits) : logits.softmax(CLASS_AXIS);
        NDArray truth = target;
        if (!binary && !background) {
            probability = probability.get(new NDIndex(":, 1:"));
            truth = truth.get(new NDIndex(":, 1:"));
        }
        int[] axes = sums.axes();
        NDArray both = probability.mul(truth).sum(axes); // [N, K] or [K]
        NDArray either = probability.sum(axes).add(truth.sum(axes));
        float s = (float) smoothing; // a double would promote a scalar to 64 bits
        NDArray overlap = both.mul(2).add(s).div(either.add(s));
        return overlap.mean().neg().add(1);
    }
}
