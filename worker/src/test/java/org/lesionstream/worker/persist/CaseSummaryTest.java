package org.lesionstream.worker.persist;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.lesionstream.schemas.checkpoint.CheckpointIdentity;
import org.lesionstream.schemas.checkpoint.Digest;
import org.lesionstream.schemas.message.CaseResult;
import org.lesionstream.schemas.message.ClassExtent;
import org.lesionstream.schemas.message.ClassTotals;

class CaseSummaryTest {
    private static final CheckpointIdentity CHECKPOINT =
            new CheckpointIdentity("lesion", 7, Digest.of("lesion".getBytes(UTF_8)));
    private static final Optional<Double> NONE = Optional.empty();

    @Test
    void takesTheLargestOfAllImagesAndWeighsConfidenceByArea() {
        ClassTotals total = sum(
                found(
                        2,
                        30,
                        Optional.of(7.5),
                        new ClassExtent(20, Optional.of(5.0), 9, Optional.of(4.5), c(0.9), c(0.6))),
                found(0, 0, Optional.of(0.0), null),
                found(
                        1,
                        10,
                        Optional.of(2.5),
                        new ClassExtent(10, Optional.of(2.5), 12, Optional.of(6.0), c(0.5), c(0.2))));

        assertThat(total.lesions()).isEqualTo(3);
        assertThat(total.areaSquareMillimetres()).contains(10.0);
        assertThat(total.imageShare()).isEqualTo(40 / 300.0);
        ClassExtent extent = total.extent().orElseThrow();
        assertThat(extent.largestAreaPixels()).isEqualTo(20);
        assertThat(extent.largestAreaSquareMillimetres()).contains(5.0);
        assertThat(extent.longestDiameterPixels()).isEqualTo(12);
        assertThat(extent.longestDiameterMillimetres()).contains(6.0);
        assertThat(extent.meanConfidence().orElseThrow()).isCloseTo((30 * 0.9 + 10 * 0.5) / 40, within(1e-12));
        assertThat(extent.minConfidence()).contains(0.2);
    }

    @Test
    void givesNoMillimetresIfTheSpacingOfOneImageIsUnknown() {
        ClassTotals total = sum(
                found(1, 30, Optional.of(7.5), new ClassExtent(30, Optional.of(7.5), 9, Optional.of(4.5), NONE, NONE)),
                found(1, 10, NONE, new ClassExtent(10, NONE, 12, NONE, NONE, NONE)));

        assertThat(total.areaSquareMillimetres()).isEmpty();
        assertThat(total.extent().orElseThrow().longestDiameterMillimetres()).isEmpty();
        assertThat(total.extent().orElseThrow().longestDiameterPixels()).isEqualTo(12);
        assertThat(total.extent().orElseThrow().meanConfidence()).isEmpty();
    }

    @Test
    void givesNoExtentWithoutALesionNorWhereOneWasNotMeasured() {
        assertThat(sum(found(0, 0, NONE, null)).extent()).isEmpty();
        assertThat(sum(found(1, 4, NONE, null), found(1, 4, NONE, new ClassExtent(4, NONE, 3, NONE, NONE, NONE)))
                        .extent())
                .isEmpty();
    }

    @Test
    void namesWhatIsMissingAndWhatOfItDied() {
        CaseResult result = CaseSummary.of(
                new CaseKey("c", "lesion@production"),
                4,
                new CaseLedger.Closing(1, "timeout:x", true),
                new CaseImages(List.of(image(3, found(0, 0, NONE, null))), List.of(4, 1)));

        assertThat(result.missing()).containsExactly(1, 2, 4);
        assertThat(result.deadLetters()).containsExactly(1, 4);
        assertThat(result.closedByTime()).isTrue();
        assertThat(result.complete()).isFalse();
    }

    /** The totals of a case whose images found this, a hundred pixels each. */
    private static ClassTotals sum(ClassTotals... images) {
        List<ImageTotals> segmented = new ArrayList<>();
        for (ClassTotals totals : images) {
            segmented.add(image(segmented.size() + 1, totals));
        }
        return CaseSummary.of(
                        new CaseKey("c", "lesion@production"),
                        images.length,
                        new CaseLedger.Closing(1, "j", false),
                        new CaseImages(segmented, List.of()))
                .totals()
                .get(0);
    }

    private static ImageTotals image(int number, ClassTotals totals) {
        return new ImageTotals(number, "j-" + number, false, CHECKPOINT, 100, List.of(totals));
    }

    private static ClassTotals found(int lesions, long area, Optional<Double> squareMillimetres, ClassExtent extent) {
        return new ClassTotals(
                1, "lesion", lesions, area, squareMillimetres, area / 100.0, Optional.ofNullable(extent));
    }

    private static Optional<Double> c(double confidence) {
        return Optional.of(confidence);
    }
}
