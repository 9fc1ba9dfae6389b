package org.lesionstream.schemas.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeometryTest {

    /** Centres of the four output columns lie at -0.25, 0.25, 0.75 and 1.25 of the two input columns; the outer two are clamped. */
    @Test
    void decidesInterpolatedProbabilitiesAtSourceSize() {
        ProbabilityMaps maps = new ProbabilityMaps(1, 1, 2, new byte[] {0, (byte) 255});
        Segmentation decided = Geometry.decide(maps, 1, 4, 0.5);
        assertThat(decided.mask().labels()).containsExactly(0, 0, 1, 1);
        assertThat(decided.confidence()).containsExactly(255, 191, 191, 255); // 255 - 63.75 and 191.25, rounded
    }

    @Test
    void movesTheBorderWithTheThreshold() {
        ProbabilityMaps maps = new ProbabilityMaps(1, 1, 2, new byte[] {0, (byte) 255});
        Segmentation decided = Geometry.decide(maps, 1, 4, 0.25);
        assertThat(decided.mask().labels()).containsExactly(0, 1, 1, 1);
        assertThat(decided.confidence()).containsExactly(255, 64, 191, 255);
    }

    @Test
    void countsAProbabilityAtTheThresholdAsLesion() {
        ProbabilityMaps maps = new ProbabilityMaps(1, 1, 3, new byte[] {50, 51, 52});
        assertThat(Geometry.decide(maps, 1, 3, 0.2).mask().labels()).containsExactly(0, 1, 1); // 0.2 * 255 = 51
    }

    @Test
    void takesTheMostProbableOfSeveralMapsAndTheFirstOfEquals() {
        byte[] planes = {100, 90, 80, /**/ 90, 100, 80, /**/ 65, 65, 95};
        Segmentation decided = Geometry.decide(new ProbabilityMaps(3, 1, 3, planes), 1, 3, 0.5);
        assertThat(decided.mask().labels()).containsExactly(0, 1, 2);
        assertThat(decided.confidence()).containsExactly(100, 100, 95);
        byte[] equal = {85, 85, 85};
        assertThat(Geometry.decide(new ProbabilityMaps(3, 1, 1, equal), 1, 1, 0.5)
                        .mask()
                        .labels())
                .containsExactly(0);
    }

    @ParameterizedTest
    @CsvSource({"5,7,13,4", "16,16,5,40", "3,3,3,3", "1,9,6,2", "8,1,1,5"})
    void agreesWithTheDefinitionOfBilinearInterpolation(int fromHeight, int fromWidth, int toHeight, int toWidth) {
        byte[] planes = new byte[2 * fromHeight * fromWidth];
        new Random(42).nextBytes(planes);
        Segmentation decided =
                Geometry.decide(new ProbabilityMaps(2, fromHeight, fromWidth, planes), toHeight, toWidth, 0.5);
        for (int r = 0; r < toHeight; r++) {
            for (int c = 0; c < toWidth; c++) {
                double background = interpolated(planes, 0, fromHeight, fromWidth, toHeight, toWidth, r, c);
                double lesion =
                        interpolated(planes, fromHeight * fromWidth, fromHeight, fromWidth, toHeight, toWidth, r, c);
                assertThat(decided.confidence()[r * toWidth + c] & 0xff)
                        .isCloseTo((int) Math.round(Math.max(background, lesion)), within(1));
                if (Math.abs(background - lesion) > 0.01) {
                    assertThat(decided.mask().label(r, c)).isEqualTo(lesion > background ? 1 : 0);
                }
            }
        }
    }

    @Test
    void resizesPicturesByTheSameRule() {
        byte[] samples = {0, 100, (byte) 200, 50, (byte) 255, 0};
        PixelGrid source = new PixelGrid(3, 2, 1, SampleType.UINT8, samples, Optional.of(new PixelSpacing(1, 1)));
        PixelGrid prepared = Geometry.prepare(source, InputSpec.fit(5, 9, 1));
        for (int r = 0; r < 5; r++) {
            for (int c = 0; c < 9; c++) {
                double wanted = interpolated(samples, 0, 3, 2, 5, 9, r, c);
                assertThat((double) prepared.sample(r, c, 0)).isCloseTo(wanted, within(0.501));
            }
        }
        assertThat(prepared.spacing()).isEmpty();
    }

    @Test
    void resizesEveryChannelForItself() {
        byte[] samples = {10, 20, 30, 110, 120, (byte) 130};
        PixelGrid source = new PixelGrid(1, 2, 3, SampleType.UINT8, samples, Optional.empty());
        PixelGrid prepared = Geometry.prepare(source, InputSpec.fit(1, 4, 3));
        assertThat(prepared.samples()).containsExactly(10, 20, 30, 35, 45, 55, 85, 95, 105, 110, 120, (byte) 130);
    }

    @Test
    void resizesSignedSamplesAcrossZero() {
        PixelGrid source = int16(1, 2, -1000, 1000);
        InputSpec spec = fitInt16(1, 4);
        PixelGrid prepared = Geometry.prepare(source, spec);
        assertThat(prepared.samples())
                .isEqualTo(int16(1, 4, -1000, -500, 500, 1000).samples());
    }

    @Test
    void leavesThePictureAloneWhereNothingIsAsked() {
        PixelGrid source = new PixelGrid(1, 2, 1, SampleType.UINT8, new byte[] {1, 2}, Optional.empty());
        assertThat(Geometry.prepare(source, InputSpec.tiles(16, 16, 1, 0, 16))).isSameAs(source);
    }

    @Test
    void bringsLabelsOfAResampledPictureBackWithoutMixingThem() {
        InputSpec spec = new InputSpec(
                16,
                16,
                1,
                SampleType.UINT8,
                GeometryKind.TILES,
                0,
                16,
                Optional.of(new PixelSpacing(0.5, 0.5)),
                new IntensityRule.Identity(),
                16,
                16);
        PixelGrid source =
                new PixelGrid(2, 2, 1, SampleType.UINT8, new byte[] {0, 0, 0, 0}, Optional.of(new PixelSpacing(1, 1)));
        TilePlan plan = Geometry.plan(source, spec);
        assertThat(Geometry.prepare(source, spec).height()).isEqualTo(4);
        byte[] labels = new byte[256];
        byte[] confidence = new byte[256];
        for (int r = 0; r < 4; r++) {
            for (int c = 0; c < 4; c++) {
                labels[r * 16 + c] = (byte) (r / 2 == c / 2 ? 3 : 7);
                confidence[r * 16 + c] = (byte) (10 * (r / 2) + c / 2);
            }
        }
        Segmentation back = Geometry.assemble(plan, List.of(new TileOutput.Labels(labels, confidence)), 0.5);
        assertThat(back.mask()).isEqualTo(new LabelMask(2, 2, new byte[] {3, 7, 7, 3}));
        assertThat(back.confidence()).containsExactly(0, 1, 10, 11);
    }

    @Test
    void assemblesTheOneOutputOfAFittedPicture() {
        TilePlan plan = TilePlan.of(1, 4, InputSpec.fit(1, 2, 3));
        Segmentation whole =
                Geometry.assemble(plan, List.of(new TileOutput.Probabilities(new byte[] {0, (byte) 255})), 0.5);
        assertThat(whole.mask()).isEqualTo(new LabelMask(1, 4, new byte[] {0, 0, 1, 1}));
    }

    private static double interpolated(
            byte[] plane, int offset, int fromHeight, int fromWidth, int toHeight, int toWidth, int row, int column) {
        double y = clamp((row + 0.5) * fromHeight / toHeight - 0.5, fromHeight);
        double x = clamp((column + 0.5) * fromWidth / toWidth - 0.5, fromWidth);
        double sum = 0;
        for (int r = 0; r < fromHeight; r++) {
            for (int c = 0; c < fromWidth; c++) {
                double weight = Math.max(0, 1 - Math.abs(y - r)) * Math.max(0, 1 - Math.abs(x - c));
                sum += weight * (plane[offset + r * fromWidth + c] & 0xff);
            }
        }
        return sum;
    }

    private static double clamp(double at, int length) {
        return Math.min(length - 1.0, Math.max(0, at));
    }

    static PixelGrid int16(int height, int width, int... values) {
        byte[] samples = new byte[2 * values.length];
        for (int i = 0; i < values.length; i++) {
            samples[2 * i] = (byte) values[i];
            samples[2 * i + 1] = (byte) (values[i] >> 8);
        }
        return new PixelGrid(height, width, 1, SampleType.INT16, samples, Optional.empty());
    }

    private static InputSpec fitInt16(int height, int width) {
        return new InputSpec(
                height,
                width,
                1,
                SampleType.INT16,
                GeometryKind.FIT,
                0,
                1,
                Optional.empty(),
                new IntensityRule.Identity(),
                height,
                width);
    }
}
