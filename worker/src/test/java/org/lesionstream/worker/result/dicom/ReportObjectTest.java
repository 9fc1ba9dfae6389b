package org.lesionstream.worker.result.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.lesionstream.schemas.lesion.LesionStatistics;
import org.lesionstream.schemas.lesion.VolumeLesion;
import org.lesionstream.worker.decode.dicom.DicomTree;

/** Structured reports, read back by our own reader. */
class ReportObjectTest {

    @Test
    void reportsEveryLesionOfAnImageInPixelsWithoutSpacing() {
        CaseSegmentation work = Cases.ultrasound();
        DicomResult result = DicomResults.of(work, Cases.CREATED);
        List<DicomTree> groups = Report.of(result).lesions();

        assertThat(groups).hasSize(2);
        Map<String, String> first = Report.values(groups.get(0));
        LesionStatistics lesion = work.images().get(0).lesions().get(0);
        String segmentation = result.segmentation().orElseThrow().sopInstanceUid();
        assertThat(template(groups.get(0))).isEqualTo("1410");
        assertThat(first)
                .containsEntry("Tracking Identifier", "lesion 1, image 1")
                .containsEntry("Algorithm Name", "lung-nodules")
                .containsEntry("Algorithm Version", "3")
                .containsEntry(
                        "Algorithm Parameters",
                        "sha256:" + Cases.CHECKPOINT.digest().hex())
                .containsEntry("Finding", "52988006")
                .containsEntry("Referenced Segmentation Frame", segmentation + "#1")
                .containsEntry("Source image for segmentation", "1.2.3.1.8.1")
                .containsEntry("Area", "6 {pixels}")
                .containsEntry(
                        "Long Axis",
                        DecimalString.of(lesion.shape().orElseThrow().pixels().longestDiameter()) + " {pixels}")
                .containsEntry(
                        "Short Axis",
                        DecimalString.of(lesion.shape().orElseThrow().pixels().perpendicularDiameter()) + " {pixels}");
        assertThat(first.get("Tracking Unique Identifier"))
                .startsWith("2.25.")
                .isNotEqualTo(Report.values(groups.get(1)).get("Tracking Unique Identifier"));
    }

    @Test
    void reportsMillimetresWhereTheSpacingIsKnown() {
        List<DicomTree> groups =
                Report.of(DicomResults.of(Cases.ctSeries(), Cases.CREATED)).lesions();

        assertThat(groups).hasSize(4);
        Map<String, String> last = Report.values(groups.get(3));
        assertThat(last)
                .containsEntry("Tracking Identifier", "lesion 2, image 4")
                .containsEntry("Finding", "41470072")
                .containsEntry("Area", "3.75 mm2") // 2 x 5 pixels of 0.5 x 0.75 mm
                .containsEntry("Source image for segmentation", "1.2.3.1.7.4");
        assertThat(last.get("Long Axis")).endsWith(" mm");
        assertThat(last.get("Referenced Segmentation Frame")).endsWith("#4");
    }

    @Test
    void reportsVolumesOverTheirSlices() {
        CaseSegmentation work = Cases.ctVolume();
        DicomResult result = DicomResults.of(work, Cases.CREATED);
        List<DicomTree> groups = Report.of(result).lesions();
        VolumeLesion lesion = work.volumeLesions().orElseThrow().get(0);

        assertThat(groups).hasSize(2);
        assertThat(template(groups.get(0))).isEqualTo("1411");
        assertThat(Report.values(groups.get(0)))
                .containsEntry("Tracking Identifier", "lesion 1")
                .containsEntry(
                        "Referenced Segment",
                        result.segmentation().orElseThrow().sopInstanceUid() + " segment 1")
                .containsEntry("Source image for segmentation", "1.2.3.1.7.2 1.2.3.1.7.3 1.2.3.1.7.4")
                .containsEntry("Volume", "45 mm3") // 3 slices of 4 x 4 pixels, 2.5 x 0.5 x 0.75 mm each
                .containsEntry(
                        "Long Axis",
                        DecimalString.of(lesion.longestDiameterMillimetres().orElseThrow()) + " mm")
                .containsEntry("Area", "6 mm2");
        DicomTree area = Report.content(groups.get(0)).stream()
                .filter(item -> Report.name(item).equals("Area"))
                .findFirst()
                .orElseThrow();
        assertThat(Report.values(area)).containsExactly(Map.entry("Derivation", "56851009"));
    }

    @Test
    void reportsVoxelsWithoutSpacing() {
        CaseSegmentation work = Cases.volume(Cases.ctSeries(), Optional.empty());
        Map<String, String> first = Report.values(
                Report.of(DicomResults.of(work, Cases.CREATED)).lesions().get(0));

        assertThat(first).containsEntry("Volume", "48 {voxels}").containsEntry("Area", "16 {pixels}");
        assertThat(first.get("Long Axis")).endsWith(" {voxels}");
    }

    @Test
    void leavesOutWhatOldResultsDoNotKnow() {
        CaseSegmentation work = Cases.ultrasound();
        SegmentedImage image = work.images().get(0);
        LesionStatistics old = image.lesions().get(0);
        LesionStatistics unshaped = new LesionStatistics(
                old.index(),
                old.label(),
                old.areaPixels(),
                old.areaSquareMillimetres(),
                old.centroidRow(),
                old.centroidColumn(),
                old.minRow(),
                old.minColumn(),
                old.maxRow(),
                old.maxColumn(),
                old.meanConfidence(),
                old.minConfidence(),
                Optional.empty(),
                Optional.empty());
        SegmentedImage before = new SegmentedImage(1, image.instance(), 0, image.mask(), List.of(unshaped));
        Map<String, String> values =
                Report.values(Report.of(DicomResults.of(Cases.of(List.of(before), 1), Cases.CREATED))
                        .lesions()
                        .get(0));

        assertThat(values).containsKey("Area").doesNotContainKeys("Long Axis", "Short Axis");
    }

    @Test
    void namesTheFrameOfAnObjectOfMany() {
        DicomResult result = DicomResults.of(Cases.enhanced(7, new Random(3)), Cases.CREATED);
        List<DicomTree> groups = Report.of(result).lesions();
        WrittenSegmentation written = WrittenSegmentation.of(result);

        assertThat(groups).isNotEmpty().allSatisfy(group -> {
            Map<String, String> values = Report.values(group);
            String[] reference = values.get("Referenced Segmentation Frame").split("#", -1);
            WrittenSegmentation.Frame frame = written.frames().get(Integer.parseInt(reference[1]) - 1);
            assertThat(values.get("Finding"))
                    .isEqualTo(frame.segment() == 1 ? "52988006" : "4147007" + frame.segment());
            assertThat(values.get("Source image for segmentation")).isEqualTo("1.2.3.1.9.1#" + frame.sourceFrame());
        });
    }

    @Test
    void saysThatNobodyVerifiedItAndWhatItRestsOn() {
        DicomResult result = DicomResults.of(Cases.ctSeries(), Cases.CREATED);
        Report report = Report.of(result);

        assertThat(report.tree().text(Attribute.COMPLETION_FLAG.tag())).isEqualTo("COMPLETE");
        assertThat(report.tree().text(Attribute.VERIFICATION_FLAG.tag())).isEqualTo("UNVERIFIED");
        assertThat(report.tree().text(Attribute.PRELIMINARY_FLAG.tag())).isEqualTo("PRELIMINARY");
        assertThat(template(report.tree())).isEqualTo("1500");
        assertThat(report.evidence())
                .containsExactlyInAnyOrder(
                        "1.2.3.1.7.1",
                        "1.2.3.1.7.2",
                        "1.2.3.1.7.3",
                        "1.2.3.1.7.4",
                        result.segmentation().orElseThrow().sopInstanceUid());
    }

    private static String template(DicomTree container) {
        return container.item(Attribute.CONTENT_TEMPLATE_SEQUENCE.tag()).text(Attribute.TEMPLATE_IDENTIFIER.tag());
    }
}
