package org.lesionstream.schemas.lesion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesionstream.schemas.image.LabelMask;
import org.lesionstream.schemas.image.PixelSpacing;
import org.lesionstream.schemas.image.VoxelSpacing;

/** What becomes of the measures when the picture is turned, framed or scaled: each changes exactly as it must. */
class LesionMetamorphosisTest {

    private static final int HEIGHT = 23;
    private static final int WIDTH = 31;
    private static final PixelSpacing SPACING = new PixelSpacing(0.7, 0.4);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void turnsWithThePicture(long seed) {
        LabelMask mask = blob(seed);
        LesionStatistics upright = measure(mask, SPACING);
        LabelMask mirrored = new LabelMask(HEIGHT, WIDTH, new byte[HEIGHT * WIDTH]);
        LabelMask turned = new LabelMask(WIDTH, HEIGHT, new byte[HEIGHT * WIDTH]);
        for (int r = 0; r < HEIGHT; r++) {
            for (int c = 0; c < WIDTH; c++) {
                mirrored.labels()[r * WIDTH + WIDTH - 1 - c] = (byte) mask.label(r, c);
                turned.labels()[c * HEIGHT + HEIGHT - 1 - r] = (byte) mask.label(r, c); // clockwise
            }
        }
        LesionStatistics mirror = measure(mirrored, SPACING);
        assertSameSize(mirror, upright, 1);
        assertThat(mirror.centroidRow()).isCloseTo(upright.centroidRow(), within(1e-9));
        assertThat(mirror.centroidColumn()).isCloseTo(WIDTH - 1 - upright.centroidColumn(), within(1e-9));
        assertThat(List.of(mirror.minRow(), mirror.minColumn(), mirror.maxRow(), mirror.maxColumn()))
                .containsExactly(
                        upright.minRow(), WIDTH - upright.maxColumn(), upright.maxRow(), WIDTH - upright.minColumn());
        assertAngle(mirror, -angle(upright));

        LesionStatistics turn = measure(turned, new PixelSpacing(0.4, 0.7));
        assertSameSize(turn, upright, 1);
        assertThat(turn.centroidRow()).isCloseTo(upright.centroidColumn(), within(1e-9));
        assertThat(turn.centroidColumn()).isCloseTo(HEIGHT - 1 - upright.centroidRow(), within(1e-9));
        assertThat(List.of(turn.minRow(), turn.minColumn(), turn.maxRow(), turn.maxColumn()))
                .containsExactly(
                        upright.minColumn(), HEIGHT - upright.maxRow(), upright.maxColumn(), HEIGHT - upright.minRow());
        assertAngle(turn, angle(upright) + Math.PI / 2);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void movesWithAFrameAroundThePicture(long seed) {
        LabelMask mask = blob(seed);
        LabelMask framed = new LabelMask(HEIGHT + 7, WIDTH + 9, new byte[(HEIGHT + 7) * (WIDTH + 9)]);
        for (int r = 0; r < HEIGHT; r++) {
            System.arraycopy(mask.labels(), r * WIDTH, framed.labels(), (r + 3) * (WIDTH + 9) + 5, WIDTH);
        }
        LesionStatistics before = measure(mask, SPACING);
        LesionStatistics after = measure(framed, SPACING);
        assertThat(before.shape().orElseThrow().touchesBorder())
                .isEqualTo(before.minRow() == 0
                        || before.minColumn() == 0
                        || before.maxRow() == HEIGHT
                        || before.maxColumn() == WIDTH);
        assertThat(after.shape().orElseThrow().touchesBorder()).isFalse();
        assertSameSize(after, before, 1);
        assertThat(after.centroidRow()).isCloseTo(before.centroidRow() + 3, within(1e-9));
        assertThat(after.centroidColumn()).isCloseTo(before.centroidColumn() + 5, within(1e-9));
        assertThat(List.of(after.minRow(), after.minColumn(), after.maxRow(), after.maxColumn()))
                .containsExactly(
                        before.minRow() + 3, before.minColumn() + 5, before.maxRow() + 3, before.maxColumn() + 5);
        assertAngle(after, angle(before));
        var from = before.shape().orElseThrow().longest();
        assertThat(after.shape().orElseThrow().longest())
                .isEqualTo(new LesionShape.DiameterEnds(
                        from.fromRow() + 3, from.fromColumn() + 5, from.toRow() + 3, from.toColumn() + 5));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.125, 0.3, 7})
    void growsWithTheSpacing(double factor) {
        LabelMask mask = blob(7);
        LesionStatistics small = measure(mask, SPACING);
        LesionStatistics large = measure(mask, new PixelSpacing(0.7 * factor, 0.4 * factor));
        assertSameSize(large, small, factor);
        assertAngle(large, angle(small));
        assertThat(large.shape().orElseThrow().pixels())
                .isEqualTo(small.shape().orElseThrow().pixels());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void turnsAVolumeUpsideDown(long seed) {
        Random random = new Random(seed);
        List<LabelMask> slices =
                IntStream.range(0, 6).mapToObj(z -> blob(random.nextLong())).toList();
        List<LabelMask> reversed =
                IntStream.range(0, 6).mapToObj(z -> slices.get(5 - z)).toList();
        VolumeLesion upright = measure(slices);
        VolumeLesion turned = measure(reversed);
        assertThat(turned.voxels()).isEqualTo(upright.voxels());
        assertThat(turned.centroidSlice()).isCloseTo(5 - upright.centroidSlice(), within(1e-9));
        assertThat(turned.centroidRow()).isCloseTo(upright.centroidRow(), within(1e-9));
        assertThat(turned.centroidColumn()).isCloseTo(upright.centroidColumn(), within(1e-9));
        assertThat(turned.minSlice()).isEqualTo(6 - upright.maxSlice());
        assertThat(turned.maxSlice()).isEqualTo(6 - upright.minSlice());
        assertThat(turned.slices()).isEqualTo(upright.slices());
        assertThat(turned.largestSliceAreaPixels()).isEqualTo(upright.largestSliceAreaPixels());
        assertThat(turned.longestDiameterVoxels()).isCloseTo(upright.longestDiameterVoxels(), within(1e-9));
        assertThat(turned.longestDiameterMillimetres().orElseThrow())
                .isCloseTo(upright.longestDiameterMillimetres().orElseThrow(), within(1e-9));
    }

    private static void assertSameSize(LesionStatistics actual, LesionStatistics expected, double factor) {
        assertThat(actual.areaPixels()).isEqualTo(expected.areaPixels());
        LesionShape shape = actual.shape().orElseThrow();
        LesionShape other = expected.shape().orElseThrow();
        assertThat(shape.holes()).isEqualTo(other.holes());
        assertThat(shape.solidity()).isEqualTo(other.solidity());
        assertThat(shape.convexAreaPixels()).isEqualTo(other.convexAreaPixels());
        double[] lengths = lengths(shape.millimetres().orElseThrow());
        double[] others = lengths(other.millimetres().orElseThrow());
        for (int i = 0; i < lengths.length; i++) {
            assertThat(lengths[i]).isCloseTo(factor * others[i], within(1e-9 * (1 + factor * others[i])));
        }
        assertThat(shape.millimetres().get().circularity())
                .isCloseTo(other.millimetres().get().circularity(), within(1e-9));
        assertThat(shape.millimetres().get().eccentricity())
                .isCloseTo(other.millimetres().get().eccentricity(), within(1e-9));
    }

    private static double[] lengths(ShapeMeasures measures) {
        return new double[] {
            measures.equivalentDiameter(),
            measures.majorAxis(),
            measures.minorAxis(),
            measures.perimeter(),
            measures.longestDiameter(),
            measures.perpendicularDiameter(),
            measures.shortestDiameter(),
            Math.sqrt(measures.holeArea())
        };
    }

    private static double angle(LesionStatistics lesion) {
        return lesion.shape()
                .orElseThrow()
                .millimetres()
                .orElseThrow()
                .orientation()
                .orElseThrow();
    }

    private static void assertAngle(LesionStatistics lesion, double expected) {
        assertThat(Math.sin(angle(lesion) - expected)).isCloseTo(0, within(1e-9));
    }

    private static LesionStatistics measure(LabelMask mask, PixelSpacing spacing) {
        LesionRules one =
                new LesionRules(1, Optional.empty(), Optional.empty(), false, Optional.of(99.0), Optional.of(999.0));
        List<LesionStatistics> lesions = LesionMeasurer.measure(
                one.apply(mask, Optional.of(spacing)), mask, new byte[0], Optional.of(spacing), Optional.empty());
        assertThat(lesions).hasSize(1);
        return lesions.get(0);
    }

    private static VolumeLesion measure(List<LabelMask> slices) {
        LesionRules one =
                new LesionRules(1, Optional.empty(), Optional.empty(), false, Optional.empty(), Optional.of(99.0));
        VolumeMeasurer measurer =
                new VolumeMeasurer(slices.size(), HEIGHT, WIDTH, one, Optional.of(new VoxelSpacing(1.5, SPACING)));
        for (int z = 0; z < slices.size(); z++) {
            measurer.add(z, slices.get(z));
        }
        assertThat(measurer.lesions()).hasSize(1);
        return measurer.lesions().get(0);
    }

    /** An oblique band of random pixels, some of them at the border for some seeds. */
    private static LabelMask blob(long seed) {
        Random random = new Random(seed);
        byte[] labels = new byte[HEIGHT * WIDTH];
        for (int i = 0; i < labels.length; i++) {
            int r = i / WIDTH;
            int c = i % WIDTH;
            labels[i] = (byte) (Math.abs(r - c + 2) < 6 && random.nextInt(10) < 7 ? 1 : 0);
        }
        return new LabelMask(HEIGHT, WIDTH, labels);
    }
}
