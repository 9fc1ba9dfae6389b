package org.lesionstream.trainer.graph;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReducedPrecisionTest {

    @Test
    void everyHalfSurvivesTheWayThroughAFloat() {
        for (int bits = 0; bits < 1 << 16; bits++) {
            float value = ReducedPrecision.fromHalf((short) bits);
            if (!Float.isNaN(value)) {
                assertThat(ReducedPrecision.toHalf(value))
                        .as(Integer.toHexString(bits))
                        .isEqualTo((short) bits);
            }
        }
    }

    @Test
    void everyBfloatSurvivesTheWayThroughAFloat() {
        for (int bits = 0; bits < 1 << 16; bits++) {
            float value = ReducedPrecision.fromBfloat16((short) bits);
            if (!Float.isNaN(value)) {
                assertThat(ReducedPrecision.toBfloat16(value))
                        .as(Integer.toHexString(bits))
                        .isEqualTo((short) bits);
            }
        }
    }

    @Test
    void roundsToNearestAndTiesToEven() {
        assertThat(ReducedPrecision.round(1 + 0x1p-8f, ScalarType.BFLOAT16)).isEqualTo(1);
        assertThat(ReducedPrecision.round(1 + 3 * 0x1p-8f, ScalarType.BFLOAT16)).isEqualTo(1 + 0x1p-6f);
        assertThat(ReducedPrecision.round(1 + 0x1p-11f, ScalarType.FLOAT16)).isEqualTo(1);
        assertThat(ReducedPrecision.round(1 + 3 * 0x1p-11f, ScalarType.FLOAT16)).isEqualTo(1 + 0x1p-9f);
        assertThat(ReducedPrecision.round(0.1f, ScalarType.FLOAT16)).isEqualTo(0.099975586f);
    }

    @Test
    void knowsTheEdgesOfHalf() {
        assertThat(ReducedPrecision.round(65504, ScalarType.FLOAT16)).isEqualTo(65504);
        assertThat(ReducedPrecision.round(65519.9f, ScalarType.FLOAT16)).isEqualTo(65504);
        assertThat(ReducedPrecision.round(-65520, ScalarType.FLOAT16)).isEqualTo(Float.NEGATIVE_INFINITY);
        assertThat(ReducedPrecision.round(0x1p-24f, ScalarType.FLOAT16)).isEqualTo(0x1p-24f);
        assertThat(ReducedPrecision.round(0x1p-25f, ScalarType.FLOAT16)).isZero();
        assertThat(ReducedPrecision.round(0x1.fffp-15f, ScalarType.FLOAT16)).isEqualTo(0x1p-14f);
        assertThat(ReducedPrecision.round(Float.NaN, ScalarType.FLOAT16)).isNaN();
        assertThat(ReducedPrecision.round(Float.NaN, ScalarType.BFLOAT16)).isNaN();
    }
}
