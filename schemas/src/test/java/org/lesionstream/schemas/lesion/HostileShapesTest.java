package org.lesionstream.schemas.lesion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lesionstream.schemas.image.LabelMask;

/** Shapes at the limits of what a mask can hold: measured completely, and in time that grows with the picture only. */
class HostileShapesTest {

    private static final int SIDE = 2001;

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 50000", "50000, 1", "3000, 3000"})
    void measuresAFullImage(int height, int width) {
        LesionStatistics lesion = one(filled(height, width));
        LesionShape shape = lesion.shape().orElseThrow();
        assertThat(lesion.areaPixels()).isEqualTo((long) height * width);
        assertThat(lesion.centroidRow()).isEqualTo((height - 1) / 2.0);
        assertThat(shape.touchesBorder()).isTrue();
        assertThat(shape.solidity()).isEqualTo(1);
        assertThat(shape.holes()).isZero();
        assertThat(shape.pixels().longestDiameter()).isCloseTo(Math.hypot(height, width), within(1e-9));
        assertThat(shape.pixels().shortestDiameter()).isEqualTo(Math.min(height, width));
        double longer = Math.max(height, width);
        assertThat(shape.pixels().majorAxis()).isCloseTo(4 * Math.sqrt((longer * longer - 1) / 12), within(1e-9));
    }

    @Test
    void measuresASnake() {
        LabelMask mask = new LabelMask(SIDE, SIDE, new byte[SIDE * SIDE]);
        for (int row = 0; row < SIDE; row++) {
            if (row % 2 == 0) {
                Arrays.fill(mask.labels(), row * SIDE, (row + 1) * SIDE, (byte) 1);
            } else {
                mask.labels()[row * SIDE + (row % 4 == 1 ? SIDE - 1 : 0)] = 1;
            }
        }
        LesionStatistics lesion = one(mask);
        assertThat(lesion.areaPixels()).isEqualTo(1001L * SIDE + 1000);
        assertThat(lesion.shape().orElseThrow().holes()).isZero();
        assertThat(lesion.shape().orElseThrow().convexAreaPixels()).isEqualTo((double) SIDE * SIDE);
    }

    @Test
    void measuresALadderOfHolesAndItsCombs() {
        LabelMask mask = filled(SIDE, SIDE);
        for (int row = 1; row < SIDE - 1; row++) {
            for (int column = 1; column < SIDE; column += 2) {
                mask.labels()[row * SIDE + column] = 0;
            }
        }
        LesionShape ladder = one(mask).shape().orElseThrow();
        assertThat(ladder.holes()).isEqualTo(1000);
        assertThat(ladder.pixels().holeArea()).isEqualTo(1000.0 * (SIDE - 2));
        for (int column = 1; column < SIDE; column += 2) {
            mask.labels()[column] = 0; // teeth that join in the last row
        }
        LesionShape comb = one(mask).shape().orElseThrow();
        assertThat(comb.holes()).isZero();
        assertThat(comb.pixels().holeArea()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "3037000499, 3037000499, 3037000499, 3037000498",
        "3037000500, 3037000500, 3037000500, 3037000501",
        "4611686018427387903, 1, 1, -1",
        "9223372036854775807, 2, 9223372036854775807, 1",
        "268435456, 5000000000000000000, 30000000000000, 40000000000000",
        "100, -92233720368547758, 100, 92233720368547758"
    })
    void subtractsProductsThatNoLongHolds(long n, long p, long s, long t) {
        BigInteger exact = BigInteger.valueOf(n)
                .multiply(BigInteger.valueOf(p))
                .subtract(BigInteger.valueOf(s).multiply(BigInteger.valueOf(t)));
        assertThat(RegionMoments.central(n, p, s, t)).isEqualTo(exact.doubleValue());
    }

    private static LabelMask filled(int height, int width) {
        byte[] labels = new byte[height * width];
        Arrays.fill(labels, (byte) 1);
        return new LabelMask(height, width, labels);
    }

    private static LesionStatistics one(LabelMask mask) {
        List<LesionStatistics> lesions = Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> LesionMeasurer.measure(
                        LesionRules.ALL.apply(mask, Optional.empty()),
                        mask,
                        new byte[0],
                        Optional.empty(),
                        Optional.empty()));
        assertThat(lesions).hasSize(1);
        return lesions.get(0);
    }
}
