package org.lesionstream.trainer.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.List;
import java.util.Objects;

/**
 * The loss of a whole network: the weighted sum of one loss over its heads. With one head it is the loss of that head.
 *
 * <p>A head that is smaller than the target by a whole factor is compared with every so many-th pixel of it. A head of weight 0 is not looked at.
 *
 * @param loss of each head
 * @param heads how they share it
 */
public record DeepSupervision(SegmentationLoss loss, HeadWeights heads) {

    public DeepSupervision {
        Objects.requireNonNull(loss, "loss");
        Objects.requireNonNull(heads, "heads");
    }

    /**
     * The loss of all heads.
     *
     * @param logits of every head, {@code [N, K, h, w]}
     * @return a scalar on the manager of the logits
     * @throws IllegalArgumentException when there is no head, when the weights are for another number of them, when a shape does not fit, or when the target
     *     weighs pixels and the loss does not
     */
    public NDArray of(NDList logits, Target target) {
        if (target.weights().isPresent() && !loss.weighsPixels()) {
            throw new IllegalArgumentException("there are weights of pixels, which no part of this loss uses: " + loss);
        }
        List<Double> weights = heads.of(logits.size());
        NDArray sum = null;
        for (int head = 0; head < logits.size(); head++) {
            double weight = weights.get(head);
            if (weight > 0) {
                NDArray own = logits.get(head);
                NDArray part = loss.of(own, target.thinnedTo(own.getShape())).mul((float) weight);
                sum = sum == null ? part : sum.add(part);
            }
        }
        return sum;
    }
}
