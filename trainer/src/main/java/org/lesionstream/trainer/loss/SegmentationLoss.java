package org.lesionstream.trainer.loss;

import ai.djl.ndarray.NDArray;

/**
 * How wrong the logits of one head are: smaller is better, and the gradient with respect to the logits exists.
 *
 * <p>Those of this package print as the term that {@link LossCatalog#parse} reads, with every option.
 */
@FunctionalInterface
public interface SegmentationLoss {

    /**
     * The loss of one head.
     *
     * @param logits {@code [N, K, H, W]}, before sigmoid or softmax
     * @param target of the same size
     * @return a scalar on the manager of the logits
     * @throws IllegalArgumentException when the shapes differ
     */
    NDArray of(NDArray logits, Target target);

    /** Whether it looks at the weights of the pixels. */
    default boolean weighsPixels() {
        return false;
    }
}
