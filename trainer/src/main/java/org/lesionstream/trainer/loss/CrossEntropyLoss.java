package org.lesionstream.trainer.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;

/**
 * Cross entropy per pixel, averaged over all pixels of the batch.
 *
 * <ul>
 *   <li>{@code K = 1}: {@code mean(log(1 + exp(z)) - z g)}, the binary form on logits {@code z}, stable for any {@code z}.
 *   <li>{@code K >= 2}: {@code -1/(N H W) sum_k g_k log softmax(z)_k}.
 * </ul>
 */
public final class CrossEntropyLoss implements SegmentationLoss {

    private static final int CLASS_AXIS = 1;

    @Override
    public NDArray of(NDArray logits, NDArray target) {
        SegmentationLoss.requireSameShape(logits, target);
        if (logits.getShape().get(CLASS_AXIS) == 1) {
            return Activation.softPlus(logits).sub(logits.mul(target)).mean();
        }
        return logits.logSoftmax(CLASS_AXIS)
                .mul(target)
                .sum(new int[] {CLASS_AXIS})
                .mean()
                .neg();
    }
}
