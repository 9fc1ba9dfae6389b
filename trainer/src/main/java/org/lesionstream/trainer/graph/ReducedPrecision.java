package org.lesionstream.trainer.graph;

/**
 * Rounding of 32-bit floats to the 16-bit formats, to nearest with ties to even, as the engines do.
 *
 * <p>bfloat16 keeps 8 bits of exponent and 7 of fraction, so it is the upper half of a float. IEEE 754 binary16 keeps 5 and 10: it overflows to infinity
 * from 65520 on, and below 2^-14 its numbers lie 2^-24 apart.
 */
public final class ReducedPrecision {
    private static final float HALF_NORMAL = 0x1p-14f;
    private static final float HALF_STEP = 0x1p-24f;
    private static final float HALF_OVERFLOW = 65520f;
    private static final short HALF_INFINITY = 0x7c00;
    private static final short HALF_NAN = 0x7e00;
    private static final short BFLOAT_NAN = 0x7fc0;

    private ReducedPrecision() {}

    /** Bits of the nearest bfloat16. */
    public static short toBfloat16(float value) {
        if (Float.isNaN(value)) {
            return BFLOAT_NAN;
        }
        int bits = Float.floatToRawIntBits(value);
        int tieToEven = (bits >>> 16) & 1;
        return (short) ((bits + 0x7fff + tieToEven) >>> 16);
    }

    /** The number that these bits of a bfloat16 mean. */
    public static float fromBfloat16(short bits) {
        return Float.intBitsToFloat(bits << 16);
    }

    /** Bits of the nearest binary16. */
    public static short toHalf(float value) {
        if (Float.isNaN(value)) {
            return HALF_NAN;
        }
        int sign = (Float.floatToRawIntBits(value) >>> 16) & 0x8000;
        float magnitude = Math.abs(value);
        if (magnitude >= HALF_OVERFLOW) {
            return (short) (sign | HALF_INFINITY);
        }
        if (magnitude < HALF_NORMAL) {
            return (short) (sign | (int) Math.rint(magnitude / HALF_STEP)); // a subnormal counts steps
        }
        int bits = Float.floatToRawIntBits(magnitude);
        int tieToEven = (bits >>> 13) & 1;
        int rebiased = bits - ((127 - 15) << 23);
        return (short) (sign | ((rebiased + 0xfff + tieToEven) >>> 13));
    }

    /** The number that these bits of a binary16 mean. */
    public static float fromHalf(short bits) {
        int exponent = (bits >>> 10) & 0x1f;
        int fraction = bits & 0x3ff;
        float magnitude =
                switch (exponent) {
                    case 0 -> fraction * HALF_STEP;
                    case 0x1f -> fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
                    default -> Float.intBitsToFloat(((exponent + 127 - 15) << 23) | (fraction << 13));
                };
        return bits < 0 ? -magnitude : magnitude;
    }

    /** The nearest number that the type can hold. */
    public static float round(float value, ScalarType type) {
        return switch (type) {
            case FLOAT32 -> value;
            case BFLOAT16 -> fromBfloat16(toBfloat16(value));
            case FLOAT16 -> fromHalf(toHalf(value));
            case UINT8, INT8, INT64, BOOL -> throw new IllegalArgumentException("weights cannot be " + type);
        };
    }
}
