package org.lesionstream.trainer.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
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
     * The loss of a network with deep supervision: the plain mean over its heads (UNet++, Zhou et al. 2018, section 3). With one head it is the loss of that
     * head. A head that is smaller than the target by a whole factor is compared with every so many-th pixel of it.
     */
    default NDArray meanOverHeads(NDList heads, NDArray target) {
        if (heads.isEmpty()) {
            throw new IllegalArgumentException("heads must hold at least one array of logits");
        }
        NDArray sum = null;
        for (NDArray head : heads) {
            NDArray loss = of(head, thinnedTo(head.getShape(), target));
            sum = sum == null ? loss : sum.add(loss);
        }
        return sum.div(heads.size());
    }

    private static NDArray thinnedTo(Shape head, NDArray target) {
        Shape full = target.getShape();
        long step = full.get(2) / Math.max(1, head.get(2));
        boolean whole = step > 1 && head.get(2) * step == full.get(2) && head.get(3) * step == full.get(3);
        return whole ? target.get(new NDIndex(":, :, ::" + step + ", ::" + step)) : target;
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
