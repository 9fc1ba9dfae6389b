package org.lesionstream.trainer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.lesionstream.schemas.image.LabelMask;
import org.lesionstream.schemas.image.PixelGrid;
import org.lesionstream.schemas.image.PixelSpacing;
import org.lesionstream.schemas.image.SampleType;
import org.lesionstream.schemas.image.Segmentation;
import org.lesionstream.trainer.data.Sample;
import org.lesionstream.trainer.metric.Bootstrap;
import org.lesionstream.trainer.metric.LesionCounts;
import org.lesionstream.trainer.metric.LesionMatching;
import org.lesionstream.trainer.testing.Masks;

class SplitSummaryTest {
    private static final Optional<PixelSpacing> NO_SPACING = Optional.empty();
    private static final Optional<PixelSpacing> SPACING = Optional.of(new PixelSpacing(1, 0.5));

    private final CaseAssessment half = assess("half", "11......", "1111....", NO_SPACING);
    private final CaseAssessment missed = assess("missed", "........", ".....1..", NO_SPACING);
    private final CaseAssessment empty = assess("empty", "........", "........", NO_SPACING);
    private final CaseAssessment alarm = assess("alarm", "1.1.....", "........", NO_SPACING);

    @Test
    void meansOverImagesLeaveOutTheImagesThatLackTheScore() {
        LabelSummary lesion = summary(half, missed, empty, alarm).classes().get(0);
        ImageMeans means = lesion.meanOfImages();

        assertThat(means.dice().mean()).as("2/3, 0, 1, 0").isCloseTo((2 / 3.0 + 1) / 4, within(1e-12));
        assertThat(means.diceWithLesion().orElseThrow().mean()).isCloseTo(1 / 3.0, within(1e-12));
        assertThat(means.diceWithLesion().orElseThrow().images()).isEqualTo(2);
        assertThat(means.intersectionOverUnion().mean()).as("1/2, 0, 1, 0").isCloseTo(1.5 / 4, within(1e-12));
        assertThat(means.meanAbsoluteError().mean()).as("2, 1, 0, 2 of 8").isCloseTo(5 / 32.0, within(1e-12));
        assertThat(means.sensitivity().orElseThrow().mean()).as("1/2, 0").isCloseTo(0.25, within(1e-12));
        assertThat(means.specificity().orElseThrow().mean()).as("1, 1, 1, 6/8").isCloseTo(3.75 / 4, within(1e-12));
        assertThat(means.hausdorff95().orElseThrow().images())
                .as("only one has both outlines")
                .isOne();
        assertThat(means.hausdorff95Undefined()).as("missed and alarm").isEqualTo(2);
        assertThat(lesion.images()).isEqualTo(4);
        assertThat(lesion.imagesWithLesion()).isEqualTo(2);
        assertThat(lesion.imagesBothEmpty()).isOne();
    }

    @Test
    void microPoolsThePixelsOfAllImages() {
        PixelScores micro = summary(half, missed, empty, alarm).classes().get(0).micro();
        // tp 2, fp 2, fn 3, tn 25
        assertThat(micro.dice()).isCloseTo(4 / 9.0, within(1e-12));
        assertThat(micro.intersectionOverUnion()).isCloseTo(2 / 7.0, within(1e-12));
        assertThat(micro.sensitivity().orElseThrow()).isCloseTo(2 / 5.0, within(1e-12));
        assertThat(micro.specificity().orElseThrow()).isCloseTo(25 / 27.0, within(1e-12));
        assertThat(micro.meanAbsoluteError()).isCloseTo(5 / 32.0, within(1e-12));
    }

    @Test
    void falseAlarmsAreCountedWhereThereIsNoLesion() {
        Detection detection =
                summary(half, missed, empty, alarm).classes().get(0).detection();
        assertThat(detection.counts()).isEqualTo(new LesionCounts(2, 1, 3, 1));
        assertThat(detection.imagesWithoutLesion()).isEqualTo(2);
        assertThat(detection.alarmedImages()).isOne();
        assertThat(detection.falseAlarmRate()).hasValue(0.5);
        assertThat(detection.falseAlarmsPerImage()).hasValue(1);
        assertThat(summary(half).classes().get(0).detection().falseAlarmRate()).isEmpty();
    }

    @Test
    void distancesAreMillimetresOnlyWhereEveryPictureTellsItsSpacing() {
        CaseAssessment spaced = assess("spaced", "1.......", "....1...", SPACING);
        ImageMeans alone = summary(spaced).classes().get(0).meanOfImages();
        assertThat(alone.hausdorff95().orElseThrow().mean()).isEqualTo(2);
        assertThat(alone.hausdorff95Unit()).isEqualTo("mm");

        CaseAssessment plain = assess("plain", "1.......", "..1.....", NO_SPACING);
        ImageMeans mixed = summary(spaced, plain).classes().get(0).meanOfImages();
        assertThat(mixed.hausdorff95().orElseThrow().mean()).isEqualTo((4 + 2) / 2.0);
        assertThat(mixed.hausdorff95Unit()).isEqualTo("px");
    }

    @Test
    void macroIsTheMeanOverClassesAndMicroPoolsThem() {
        CaseAssessment two = assess("two", "1122....", "1111....", NO_SPACING);
        SplitSummary summary = SplitSummary.of(List.of("one", "two"), List.of(two), Bootstrap.DEFAULT);
        assertThat(summary.dice().mean()).as("2/3 and 0").isCloseTo(1 / 3.0, within(1e-12));
        assertThat(summary.macroOfImageMeans().dice()).isEqualTo(summary.dice().mean());
        assertThat(summary.macroOfMicro().dice()).isCloseTo(1 / 3.0, within(1e-12));
        assertThat(summary.macroOfMicro().sensitivity())
                .as("the class that has it")
                .hasValue(0.5);
        assertThat(summary.micro().dice()).as("tp 2, fp 2, fn 2").isEqualTo(0.5);
    }

    @Test
    void calibrationIsOverTheDecidedLesionAndOverAllPixels() {
        SplitSummary summary = summary(half, alarm); // every pixel is certain
        assertThat(summary.calibration().expectedCalibrationError()).hasValue(4 / 16.0);
        assertThat(summary.foregroundCalibration().expectedCalibrationError()).hasValue(2 / 4.0);
        assertThat(summary(missed).foregroundCalibration().expectedCalibrationError())
                .isEmpty();
    }

    @Test
    void theLongSummaryAgreesWithTheShortOne() {
        List<CaseAssessment> cases = List.of(half, missed, empty, alarm);
        SplitScore score =
                SplitScore.of(cases.stream().map(CaseAssessment::score).toList());
        SplitSummary summary = summary(half, missed, empty, alarm);
        assertThat(summary.dice().mean()).isCloseTo(score.dice(), within(1e-12));
        assertThat(summary.intersectionOverUnion().mean()).isCloseTo(score.intersectionOverUnion(), within(1e-12));
        assertThat(summary.classes().get(0).micro().dice())
                .isEqualTo(score.pooledDice().get(1));
    }

    private static SplitSummary summary(CaseAssessment... cases) {
        return SplitSummary.of(List.of("lesion"), List.of(cases), Bootstrap.DEFAULT);
    }

    private static CaseAssessment assess(String name, String predicted, String truth, Optional<PixelSpacing> spacing) {
        int labels = predicted.contains("2") ? 3 : 2;
        LabelMask mask = Masks.of(predicted);
        byte[] certain = new byte[mask.labels().length];
        Arrays.fill(certain, (byte) 255);
        PixelGrid image = new PixelGrid(1, mask.width(), 1, SampleType.UINT8, new byte[certain.length], spacing);
        return CaseAssessment.of(
                name,
                new Sample(image, Masks.of(truth)),
                new Segmentation(mask, certain),
                labels,
                LesionMatching.ANY_OVERLAP);
    }
}
