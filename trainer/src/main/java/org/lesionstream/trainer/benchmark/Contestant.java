package org.lesionstream.trainer.benchmark;

import java.util.Locale;

/** The forms of a network that are compared. */
public enum Contestant {
    /** The block, run eagerly in fp32. */
    BLOCK,
    /** The exported file in 32-bit floats. */
    FP32,
    /** The exported file in bfloat16, which CPUs without instructions for it compute very slowly. */
    BF16;

    /** As in options and results. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
