package org.lesionstream.worker.lesion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.lesionstream.worker.testing.Failures.assertFails;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.lesionstream.schemas.checkpoint.Digest;
import org.lesionstream.schemas.image.InputSpec;
import org.lesionstream.schemas.image.MaskPng;
import org.lesionstream.schemas.image.PixelGrid;
import org.lesionstream.schemas.image.PixelSpacing;
import org.lesionstream.schemas.image.SampleType;
import org.lesionstream.schemas.image.TileOutput;
import org.lesionstream.schemas.image.TilePlan;
import org.lesionstream.schemas.lesion.LesionRules;
import org.lesionstream.schemas.message.ClassExtent;
import org.lesionstream.schemas.message.ClassTotals;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.worker.testing.TestStore;

class ReportMakerTest {

    private static final InputSpec TILES = InputSpec.tiles(4, 6, 3, 0, 1);
    private static final TilePlan ONE_TILE = TilePlan.of(4, 6, TILES);

    /** Two lesions, of three pixels and of one. */
    private static final byte[] LABELS = labels("""
            110000
            100000
            000010
            000000
            """);

    private final ReportMaker maker = new ReportMaker();

    @Test
    void measuresWhatItFinds() {
        LesionReport report = report(LABELS, LesionRules.ALL, Optional.of(new PixelSpacing(0.5, 2)));

        assertThat(report.lesions()).hasSize(2);
        assertThat(report.lesions().get(0)).satisfies(lesion -> {
            assertThat(lesion.areaPixels()).isEqualTo(3);
            assertThat(lesion.areaSquareMillimetres()).contains(3.0);
            assertThat(lesion.maxRow()).isEqualTo(2);
            assertThat(lesion.maxColumn()).isEqualTo(2);
            assertThat(lesion.meanConfidence()).contains(200 / 255.0);
        });
        assertThat(report.totals())
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("extent")
                .containsExactly(new ClassTotals(1, "lesion", 2, 4, Optional.of(4.0), 4 / 24.0, Optional.empty()));
    }

    @Test
    void givesNoMillimetresWithoutSpacing() {
        LesionReport report = report(LABELS, LesionRules.ALL, Optional.empty());

        assertThat(report.lesions())
                .allMatch(lesion -> lesion.areaSquareMillimetres().isEmpty());
        assertThat(report.totals().get(0).areaSquareMillimetres()).isEmpty();
    }

    @Test
    void keepsInTheMaskWhatIsTooSmallToBeALesion() {
        LesionReport report = report(LABELS, LesionRules.smallest(2), Optional.empty());

        assertThat(report.lesions()).hasSize(1);
        assertThat(report.totals())
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("extent")
                .containsExactly(new ClassTotals(1, "lesion", 1, 3, Optional.empty(), 3 / 24.0, Optional.empty()));
        assertThat(report.mask().labels()).isEqualTo(LABELS);
    }

    @Test
    void tellsHowLargeAndHowCertainTheLesionsOfAClassAre() {
        ClassExtent extent = report(LABELS, LesionRules.ALL, Optional.of(new PixelSpacing(0.5, 2)))
                .totals()
                .get(0)
                .extent()
                .orElseThrow();

        assertThat(extent.largestAreaPixels()).isEqualTo(3);
        assertThat(extent.largestAreaSquareMillimetres()).contains(3.0);
        assertThat(extent.longestDiameterPixels()).isEqualTo(Math.sqrt(8)); // from corner to corner of 2 x 2 pixels
        assertThat(extent.longestDiameterMillimetres()).contains(Math.sqrt(1 + 16));
        assertThat(extent.meanConfidence().orElseThrow()).isCloseTo(200 / 255.0, within(1e-12));
        assertThat(extent.minConfidence()).contains(200 / 255.0);
    }

    @Test
    void fillsAndMergesByTheRulesOfTheCheckpointButKeepsTheMaskRaw() {
        byte[] ring = labels("""
                111000
                101001
                111000
                000000
                """);
        LesionRules rules =
                new LesionRules(1, Optional.empty(), Optional.empty(), true, Optional.of(3.0), Optional.empty());

        LesionReport report = report(ring, rules, Optional.empty());

        assertThat(report.lesions()).hasSize(1);
        assertThat(report.lesions().get(0).areaPixels()).isEqualTo(8 + 1 + 1);
        assertThat(report.mask().labels()).isEqualTo(ring);
        assertThat(report(ring, LesionRules.ALL, Optional.empty()).lesions()).hasSize(2);
    }

    @Test
    void measuresTheIntensitiesOfTheSource() {
        LesionReport report = report(LABELS, LesionRules.ALL, Optional.empty());

        assertThat(report.lesions().get(1).intensity()).hasValueSatisfying(intensity -> {
            assertThat(intensity.mean()).isEqualTo(16); // the sample of picture() at the single pixel
            assertThat(intensity.standardDeviation()).isZero();
        });
    }

    @Test
    void encodesTheMaskSoThatItReadsBackUnchanged() {
        LesionReport report = report(LABELS, LesionRules.ALL, Optional.empty());

        assertThat(MaskPng.decode(report.png())).isEqualTo(report.mask());
        assertThat(report.maskDigest()).isEqualTo(Digest.of(report.png()));
        assertThat(report(LABELS, LesionRules.ALL, Optional.empty()).png()).isEqualTo(report.png());
    }

    @Test
    void reportsAnImageWithoutAnyLesion() {
        LesionReport report = report(new byte[24], LesionRules.ALL, Optional.of(new PixelSpacing(1, 1)));

        assertThat(report.lesions()).isEmpty();
        assertThat(report.totals())
                .containsExactly(new ClassTotals(1, "lesion", 0, 0, Optional.of(0.0), 0, Optional.empty()));
    }

    @Test
    void joinsALesionAcrossTiles() {
        TilePlan plan = TilePlan.of(4, 12, TILES);
        List<TileOutput> outputs =
                plan.tiles().stream().map(tile -> output(row(1))).toList();
        assertThat(outputs).hasSizeGreaterThan(1);

        LesionReport report =
                maker.make(plan, outputs, TestStore.manifest(TILES, LesionRules.ALL), picture(4, 12, Optional.empty()));

        assertThat(report.lesions()).hasSize(1);
        assertThat(report.lesions().get(0).areaPixels()).isEqualTo(12);
    }

    @Test
    void decidesProbabilitiesAtTheSizeOfTheSource() {
        InputSpec fit = InputSpec.fit(2, 2, 1);
        TileOutput leftSure = new TileOutput.Probabilities(new byte[] {(byte) 255, 0, (byte) 255, 0});

        LesionReport report = maker.make(
                TilePlan.of(8, 8, fit),
                List.of(leftSure),
                TestStore.manifest(fit, LesionRules.ALL),
                picture(8, 8, Optional.empty()));

        assertThat(report.mask().height()).isEqualTo(8);
        assertThat(report.lesions()).hasSize(1);
        assertThat(report.lesions().get(0).areaPixels()).isEqualTo(32);
        assertThat(report.lesions().get(0).maxColumn()).isEqualTo(4);
    }

    @Test
    void refusesALabelThatTheManifestDoesNotName() {
        byte[] labels = new byte[24];
        labels[7] = 2;

        assertFails(FailureCode.CHECKPOINT_CORRUPT, "lesion", () -> report(labels, LesionRules.ALL, Optional.empty()));
    }

    private LesionReport report(byte[] labels, LesionRules rules, Optional<PixelSpacing> spacing) {
        return maker.make(ONE_TILE, List.of(output(labels)), TestStore.manifest(TILES, rules), picture(4, 6, spacing));
    }

    private static PixelGrid picture(int height, int width, Optional<PixelSpacing> spacing) {
        byte[] samples = new byte[height * width];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (byte) i;
        }
        return new PixelGrid(height, width, 1, SampleType.UINT8, samples, spacing);
    }

    private static TileOutput output(byte[] labels) {
        byte[] confidence = new byte[labels.length];
        for (int i = 0; i < labels.length; i++) {
            confidence[i] = (byte) 200;
        }
        return new TileOutput.Labels(labels, confidence);
    }

    private static byte[] row(int row) {
        byte[] labels = new byte[24];
        for (int column = 0; column < 6; column++) {
            labels[6 * row + column] = 1;
        }
        return labels;
    }

    private static byte[] labels(String picture) {
        String digits = picture.replace("\n", "");
        byte[] labels = new byte[digits.length()];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = (byte) (digits.charAt(i) - '0');
        }
        return labels;
    }
}
