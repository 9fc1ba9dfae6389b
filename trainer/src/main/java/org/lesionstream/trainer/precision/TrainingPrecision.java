package org.lesionstream.trainer.precision;

import ai.djl.engine.Engine;
import java.util.Arrays;
import java.util.Locale;

/** In which type a network computes while it trains; its weights, the loss and the optimizer are of 32-bit floats in any case. */
public enum TrainingPrecision {
    /** 32-bit floats throughout. */
    FP32,
    /** bfloat16 from the image to the logits and back, see {@link MixedPrecisionBlock}. */
    MIXED;

    /**
     * Reads a precision.
     *
     * @throws IllegalArgumentException when there is none of that name
     */
    public static TrainingPrecision parse(String text) {
        return Arrays.stream(values())
                .filter(precision -> precision.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("must be fp32 or mixed, was \"" + text + "\""));
    }

    /** As in recipes and options. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether this machine computes it with instructions of its own; otherwise a step takes many times as long as in 32-bit floats. */
    public boolean isFast() {
        return this == FP32 || Engine.getInstance().getGpuCount() > 0 || Processor.hasBfloat16();
    }

    /**
     * Refuses what would only be slow.
     *
     * @throws IllegalStateException saying what to do instead
     */
    public void requireFast() {
        if (!isFast()) {
            throw new IllegalStateException(
                    "this processor has no instructions for bfloat16 (avx512_bf16 or amx_bf16) and would compute it many times slower than fp32;"
                            + " train with --precision fp32 here");
        }
    }
}
