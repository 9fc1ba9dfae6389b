package org.lesionstream.schemas.checkpoint;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The number format in which a checkpoint file computes; its inputs and outputs are bytes in every precision. */
public enum Precision {
    /** 32-bit IEEE 754: the reference against which the others are compared. */
    FP32,
    /** bfloat16, 8 bits of exponent and 7 of mantissa: fast on CPUs with AMX or AVX512-BF16 and on GPUs. */
    BF16,
    /** 16-bit IEEE 754: for GPUs. */
    FP16;

    /** The lower-case name, as in messages, file names and settings. */
    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The precision of that lower-case name. */
    @JsonCreator
    public static Precision ofText(String text) {
        for (Precision precision : values()) {
            if (precision.text().equals(text)) {
                return precision;
            }
        }
        throw new IllegalArgumentException("precision must be fp32, bf16 or fp16, was " + text);
    }
}
