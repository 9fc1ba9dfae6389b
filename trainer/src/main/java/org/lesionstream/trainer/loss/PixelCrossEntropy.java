package org.lesionstream.trainer.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;

/** Cross entropy pixel by pixel, before any mean; stable for logits of any size, since no probability is ever formed. */
final class PixelCrossEntropy {

    private static final int[] CLASSES = {1};

    private PixelCrossEntropy() {}

    /** Every map by itself behind a sigmoid: {@code log(1 + exp(z)) - z g}, shape {@code [N, K, H, W]}. */
    static NDArray ofMaps(NDArray logits, NDArray classes) {
        return Activation.softPlus(logits).sub(logits.mul(classes));
    }

    /** The foreground behind a sigmoid, or classes behind a softmax: {@code -sum_k g_k log softmax(z)_k}; shape {@code [N, 1, H, W]}. */
    static NDArray ofClasses(NDArray logits, NDArray classes) {
        return logits.getShape().get(1) == 1
                ? ofMaps(logits, classes)
                : logits.logSoftmax(1).mul(classes).sum(CLASSES, true).neg();
    }
}
