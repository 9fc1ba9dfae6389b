package org.lesionstream.trainer.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;

/** How wrong the logits of one head are: smaller is better, and the gradient with respect to the logits exists. */
public interface SegmentationLoss {

    /**
     * The loss of one head.
     *
     * @param logits {@code [N, K, H, W]}, before sigmoid or softmax
     * @param target {@code [N, K, H, W]}, 0 or 1; one-hot over {@code K} for two and more maps
     * @return a scalar on the manager of the logits
     */
    NDArray of(NDArray logits, NDArray target);

    /**
     * The loss of a network with deep supervision: the plain mean over its heads, each compared with the same full-size target
     * (UNet++, Zhou et al. 2018, section 3). With one head it is the loss of that head.
     */
    default NDArray meanOverHeads(NDList heads, NDArray target) {
        if (heads.isEmpty()) {
            throw new IllegalArgumentException("heads must hold at least one array of logits");
        }
        NDArray sum = of(heads.get(0), target);
        for (int head = 1; head < heads.size(); head++) {
            sum = sum.add(of(heads.get(head), target));
        }
        return sum.div(heads.size());
    }

    /** Refuses logits and target that are not the same four axes; a broadcast would train on nonsense in silence. */
    static void requireSameShape(NDArray logits, NDArray target) {
        Shape shape = logits.getShape();
        if (shape.dimension() != 4 || !shape.equals(target.getShape())) {
            throw new IllegalArgumentException(
                    "logits and target must both be [N, K, H, W], were %s and %s".formatted(shape, target.getShape()));
        }
    }
}
