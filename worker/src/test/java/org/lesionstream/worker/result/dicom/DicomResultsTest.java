package org.lesionstream.worker.result.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.lesionstream.worker.decode.dicom.Refusals.assertRefused;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesionstream.schemas.checkpoint.CheckpointIdentity;
import org.lesionstream.schemas.checkpoint.DicomCode;
import org.lesionstream.schemas.checkpoint.Digest;
import org.lesionstream.schemas.image.DecodeLimits;
import org.lesionstream.schemas.image.ImageRefusedException;
import org.lesionstream.schemas.image.ImageRefusedException.Reason;
import org.lesionstream.schemas.image.LabelMask;
import org.lesionstream.worker.decode.dicom.DicomTree;
import org.lesionstream.worker.decode.dicom.Tag;

/** Segmentations, read back by our own reader. */
class DicomResultsTest {

    private static final DecodeLimits LIMITS = DecodeLimits.DEFAULT;

    @Test
    void writesTheMasksOfASeriesInItsFrameOfReference() {
        CaseSegmentation work = Cases.ctSeries();
        WrittenSegmentation written = WrittenSegmentation.of(DicomResults.of(work, Cases.CREATED));

        assertMasks(written, work);
        assertThat(written.frames()).hasSize(4); // class 1 in three slices, class 2 in one; the first slice is empty
        DicomTree tree = written.tree();
        assertThat(tree.text(Attribute.FRAME_OF_REFERENCE_UID.tag())).isEqualTo(SourceBuilder.FRAME_OF_REFERENCE);
        assertThat(tree.has(Attribute.PATIENT_ORIENTATION.tag())).isFalse();
        DicomTree measures = tree.item(Attribute.SHARED_FUNCTIONAL_GROUPS_SEQUENCE.tag())
                .item(Attribute.PIXEL_MEASURES_SEQUENCE.tag());
        assertThat(measures.text(Attribute.PIXEL_SPACING.tag())).isEqualTo("0.5\\0.75");
        assertThat(measures.text(Attribute.SLICE_THICKNESS.tag())).isEqualTo("2.5");
        assertThat(measures.text(Attribute.SPACING_BETWEEN_SLICES.tag())).isEqualTo("2.5");
        assertThat(written.place(0, 0, 0)).containsExactly(-30, -40, 12.5);
        assertThat(indexes(written)).containsExactly(List.of(1, 2), List.of(1, 3), List.of(1, 4), List.of(2, 4));
    }

    @Test
    void describesOneSegmentPerClass() {
        DicomTree tree = WrittenSegmentation.of(DicomResults.of(Cases.ctVolume(), Cases.CREATED))
                .tree();
        List<DicomTree> segments = tree.items(Attribute.SEGMENT_SEQUENCE.tag());

        assertThat(segments).hasSize(2);
        assertThat(segments.get(0).integer(Attribute.SEGMENT_NUMBER.tag())).isEqualTo(1);
        assertThat(segments.get(0).text(Attribute.SEGMENT_LABEL.tag())).isEqualTo("class 1");
        assertThat(code(segments.get(0), Attribute.SEGMENTED_PROPERTY_CATEGORY_CODE_SEQUENCE))
                .isEqualTo("49755003");
        assertThat(code(segments.get(0), Attribute.SEGMENTED_PROPERTY_TYPE_CODE_SEQUENCE))
                .isEqualTo("52988006");
        assertThat(code(segments.get(1), Attribute.SEGMENTED_PROPERTY_TYPE_CODE_SEQUENCE))
                .isEqualTo("41470072");
        DicomTree algorithm = segments.get(0).item(Attribute.SEGMENTATION_ALGORITHM_IDENTIFICATION_SEQUENCE.tag());
        assertThat(algorithm.text(Attribute.ALGORITHM_NAME.tag())).isEqualTo("lung-nodules");
        assertThat(algorithm.text(Attribute.ALGORITHM_VERSION.tag())).isEqualTo("3");
        assertThat(algorithm.text(Attribute.ALGORITHM_PARAMETERS.tag()))
                .isEqualTo("sha256:" + Cases.CHECKPOINT.digest().hex());
        assertThat(tree.text(Attribute.SOFTWARE_VERSIONS.tag())).isEqualTo("lung-nodules@3");
        assertThat(segments.get(0).text(Attribute.TRACKING_ID.tag()))
                .isEqualTo("lesion 1"); // the only one of its class
    }

    @Test
    void givesTheSegmentOfSeveralLesionsNoTrackingId() {
        DicomTree tree = WrittenSegmentation.of(DicomResults.of(Cases.ultrasound(), Cases.CREATED))
                .tree();

        assertThat(tree.item(Attribute.SEGMENT_SEQUENCE.tag()).has(Attribute.TRACKING_ID.tag()))
                .isFalse();
    }

    @Test
    void keepsAConfiguredCategory() {
        CaseSegmentation work = Cases.ultrasound();
        List<ReportedClass> organs = work.classes().stream()
                .map(each -> each.inCategory(new DicomCode("SCT", "85756007", "Tissue")))
                .toList();
        DicomResult result = DicomResults.of(
                new CaseSegmentation(work.workId(), work.checkpoint(), organs, work.images(), Optional.empty()),
                Cases.CREATED);

        assertThat(code(
                        WrittenSegmentation.of(result).tree().item(Attribute.SEGMENT_SEQUENCE.tag()),
                        Attribute.SEGMENTED_PROPERTY_CATEGORY_CODE_SEQUENCE))
                .isEqualTo("85756007");
    }

    @Test
    void writesAMaskWithoutAFrameOfReferenceByItsSourceImage() {
        CaseSegmentation work = Cases.ultrasound();
        DicomResult result = DicomResults.of(work, Cases.CREATED);
        WrittenSegmentation written = WrittenSegmentation.of(result);

        assertMasks(written, work);
        assertThat(result.burnedInAnnotation()).isTrue();
        DicomTree tree = written.tree();
        assertThat(tree.has(Attribute.FRAME_OF_REFERENCE_UID.tag())).isFalse();
        assertThat(tree.bytes(Attribute.PATIENT_ORIENTATION.tag())).isEmpty();
        assertThat(written.picture().plane(0)).isEmpty();
        assertThat(tree.text(Attribute.BURNED_IN_ANNOTATION.tag())).isEqualTo("NO");
        assertThat(tree.text(Attribute.LOSSY_IMAGE_COMPRESSION.tag())).isEqualTo("01");
        assertThat(tree.text(Attribute.LOSSY_IMAGE_COMPRESSION_RATIO.tag())).isEqualTo("12.5");
        assertThat(tree.text(Attribute.LOSSY_IMAGE_COMPRESSION_METHOD.tag())).isEqualTo("ISO_10918_1");
        assertThat(indexes(written)).containsExactly(List.of(1, 1));
    }

    @Test
    void namesTheFramesOfAnObjectOfMany() {
        CaseSegmentation work = Cases.enhanced(7, new Random(3));
        WrittenSegmentation written = WrittenSegmentation.of(DicomResults.of(work, Cases.CREATED));

        assertMasks(written, work);
        assertThat(written.frames()).allSatisfy(frame -> {
            assertThat(frame.sourceFrame()).isBetween(1, 7);
            assertThat(written.place(frame.index(), 0, 0))
                    .containsExactly(-10, 20, 100 - 3.0 * (frame.sourceFrame() - 1));
        });
        assertThat(written.tree()
                        .item(Attribute.REFERENCED_SERIES_SEQUENCE.tag())
                        .items(Attribute.REFERENCED_INSTANCE_SEQUENCE.tag()))
                .hasSize(1);
    }

    @RepeatedTest(15)
    void readsRandomMasksAsTheyWereWritten() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        int rows = 1 + random.nextInt(9);
        int columns = 1 + random.nextInt(19);
        int classes = 1 + random.nextInt(4);
        List<SegmentedImage> images = new ArrayList<>();
        for (int i = 0; i < 1 + random.nextInt(6); i++) {
            SourceInstance source = SourceBuilder.ct(i, rows, columns, new double[] {0, 0, i}, Cases.AXIAL)
                    .read();
            LabelMask mask = Cases.randomMask(rows, columns, classes, random);
            images.add(Cases.image(i + 1, source, 0, mask, Cases.spacing(source, 0)));
        }
        CaseSegmentation work = Cases.of(images, classes);
        boolean empty = images.stream().allMatch(image -> image.lesions().isEmpty());
        DicomResult result = DicomResults.of(work, Cases.CREATED);

        assertThat(result.segmentation().isEmpty()).as("seed " + seed).isEqualTo(empty);
        if (!empty) {
            assertMasks(WrittenSegmentation.of(result), work);
        }
    }

    @Test
    void writesNoSegmentationWhereNothingWasFound() {
        SourceInstance source = SourceBuilder.ultrasound(4, 4).read();
        LabelMask nothing = new LabelMask(4, 4, new byte[16]);
        CaseSegmentation work = Cases.of(List.of(Cases.image(1, source, 0, nothing, Optional.empty())), 1);
        DicomResult result = DicomResults.of(work, Cases.CREATED);

        assertThat(result.segmentation()).isEmpty();
        assertThat(Report.of(result).lesions()).isEmpty();
        assertThat(Report.of(result).texts()).contains("0 lesions");
        assertThat(Report.of(result).evidence()).containsExactly("1.2.3.1.8.1");
    }

    @Test
    void givesEqualBytesForEqualInput() {
        for (CaseSegmentation[] twice : new CaseSegmentation[][] {
            {Cases.ctSeries(), Cases.ctSeries()},
            {Cases.ctVolume(), Cases.ctVolume()},
            {Cases.ultrasound(), Cases.ultrasound()},
            {Cases.enhanced(5, new Random(1)), Cases.enhanced(5, new Random(1))}
        }) {
            DicomResult one = DicomResults.of(twice[0], Cases.CREATED);
            DicomResult other = DicomResults.of(twice[1], Cases.CREATED);

            assertThat(other.report().file()).isEqualTo(one.report().file());
            assertThat(other.segmentation().orElseThrow().file())
                    .isEqualTo(one.segmentation().orElseThrow().file());
        }
    }

    @Test
    void namesRepeatedWorkAlikeAndOtherWorkDifferently() {
        CaseSegmentation work = Cases.ctSeries();
        CheckpointIdentity retrained = new CheckpointIdentity("lung-nodules", 3, Digest.of(new byte[] {1}));
        Set<String> uids = new HashSet<>();
        List<CaseSegmentation> others = List.of(
                work,
                with(work, "case-2", work.checkpoint(), work.images()),
                with(work, work.workId(), retrained, work.images()),
                with(work, work.workId(), work.checkpoint(), work.images().subList(0, 3)));
        for (CaseSegmentation each : others) {
            DicomResult result = DicomResults.of(each, Cases.CREATED);
            DicomResult later = DicomResults.of(each, Cases.CREATED.plusDays(1));

            assertThat(later.report().sopInstanceUid())
                    .isEqualTo(result.report().sopInstanceUid());
            assertThat(later.segmentation().orElseThrow().sopInstanceUid())
                    .isEqualTo(result.segmentation().orElseThrow().sopInstanceUid());
            assertThat(later.report().file()).isNotEqualTo(result.report().file());
            uids.add(result.report().sopInstanceUid());
            uids.add(result.segmentation().orElseThrow().sopInstanceUid());
            DicomTree tree = DicomTree.read(result.report().file());
            uids.add(tree.text(Attribute.SERIES_INSTANCE_UID.tag()));
        }
        assertThat(uids).hasSize(12).allSatisfy(uid -> {
            assertThat(uid).matches("2\\.25\\.[1-9][0-9]{30,38}");
            BigInteger uuid = new BigInteger(uid.substring(5));
            assertThat(uuid.shiftRight(76).intValue() & 0xf).isEqualTo(8);
            assertThat(uuid.shiftRight(62).intValue() & 0x3).isEqualTo(2);
        });
        assertThat(DicomResults.of(work, Cases.CREATED).report().sopInstanceUid()) // as archives know it by now
                .isEqualTo("2.25.304220231092760826532831702372546966955");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.2.840.10008.1.2", "1.2.840.10008.1.2.1", "1.2.840.10008.1.2.2"})
    void readsSourcesInEveryPlainSyntax(String syntax) {
        byte[] file =
                SourceBuilder.ct(1, 4, 5, new double[] {1, 2, 3}, Cases.AXIAL).file(syntax);
        SourceInstance source = SourceInstance.read(file, LIMITS);
        LabelMask mask = Cases.randomMask(4, 5, 1, new Random(5));
        DicomResult result =
                DicomResults.of(Cases.of(List.of(Cases.image(1, source, 0, mask, Optional.empty())), 1), Cases.CREATED);

        assertThat(DicomTree.read(result.report().file()).text(Attribute.PATIENT_NAME.tag()))
                .isEqualTo("MARK^PATIENT");
        assertThat(source.place(0).orElseThrow().plane().position().z()).isEqualTo(3);
    }

    @Test
    void copiesPatientAndStudyAndNothingElse() {
        DicomResult result = DicomResults.of(Cases.ctSeries(), Cases.CREATED);
        for (DicomObject object : List.of(result.segmentation().orElseThrow(), result.report())) {
            DicomTree tree = DicomTree.read(object.file());

            assertThat(Stream.of(
                                    Attribute.PATIENT_NAME,
                                    Attribute.PATIENT_ID,
                                    Attribute.PATIENT_BIRTH_DATE,
                                    Attribute.PATIENT_SEX,
                                    Attribute.ACCESSION_NUMBER,
                                    Attribute.REFERRING_PHYSICIAN_NAME,
                                    Attribute.STUDY_INSTANCE_UID,
                                    Attribute.STUDY_DATE,
                                    Attribute.SOP_CLASS_UID,
                                    Attribute.SOP_INSTANCE_UID)
                            .map(attribute -> tree.text(attribute.tag())))
                    .containsExactly(
                            "MARK^PATIENT",
                            "MARK-ID",
                            "19700101",
                            "O",
                            "MARK-ACC",
                            "MARK^REFERRER",
                            SourceBuilder.STUDY,
                            "20260102",
                            object.sopClassUid(),
                            object.sopInstanceUid());
            assertThat(tree.text(Attribute.SPECIFIC_CHARACTER_SET.tag())).isEqualTo("ISO_IR 192");
            assertThat(tree.text(Attribute.CONTENT_DATE.tag()) + tree.text(Attribute.CONTENT_TIME.tag()))
                    .isEqualTo("20261105060708");
            assertThat(tree.has(0x0008_0080)).isFalse(); // institution
            assertThat(tree.has(Attribute.PATIENT_IDENTITY_REMOVED.tag())).isFalse();
        }
    }

    @Test
    void saysThatASourceWasDeidentified() {
        SourceBuilder source = SourceBuilder.ultrasound(2, 2).text(0x0012_0062, "CS", "YES");
        Attribute removed = Attribute.PATIENT_IDENTITY_REMOVED;

        assertThat(report(source).has(removed.tag())).isFalse(); // no method
        assertThat(report(source.text(0x0012_0063, "LO", "by hand")).text(removed.tag()))
                .isEqualTo("YES");
    }

    @Test
    void leavesUnknownValuesEmpty() {
        SourceBuilder source = SourceBuilder.ultrasound(2, 2)
                .without(0x0010_0010)
                .without(0x0010_0030)
                .without(0x0008_0050)
                .without(0x0008_1030);
        DicomTree tree = report(source);

        assertThat(tree.bytes(Attribute.PATIENT_NAME.tag())).isEmpty();
        assertThat(tree.bytes(Attribute.PATIENT_BIRTH_DATE.tag())).isEmpty();
        assertThat(tree.bytes(Attribute.ACCESSION_NUMBER.tag())).isEmpty();
        assertThat(tree.has(Attribute.STUDY_DESCRIPTION.tag())).isFalse();
    }

    @Test
    void refusesSourcesThatNoArchiveKnows() {
        for (int tag : new int[] {0x0008_0016, 0x0008_0018, 0x0020_000D, 0x0020_000E}) {
            assertRefused(
                    Reason.TRUNCATED_OR_DAMAGED,
                    () -> SourceBuilder.ultrasound(2, 2).without(tag).read());
        }
        assertRefused(Reason.TRUNCATED_OR_DAMAGED, () -> SourceBuilder.ultrasound(2, 2)
                .text(0x0020_000D, "UI", "MARK")
                .read());
        assertRefused(Reason.TRUNCATED_OR_DAMAGED, () -> SourceBuilder.ultrasound(2, 2)
                .text(0x0010_0010, "PN", "MARK".repeat(300))
                .read());
        assertRefused(
                Reason.NO_PIXELS,
                () -> SourceBuilder.ultrasound(2, 2).without(0x7FE0_0010).read());
    }

    @Test
    void believesNoNumberOfFramesWithoutPixels() {
        assertRefused(Reason.TRUNCATED_OR_DAMAGED, () -> SourceBuilder.ct(1, 4, 5, new double[3], Cases.AXIAL)
                .text(Tag.NUMBER_OF_FRAMES, "IS", "2000000000")
                .read());
    }

    @Test
    void refusesWhatIsNotOneCase() {
        SourceInstance one = SourceBuilder.ultrasound(2, 2).read();
        SourceInstance larger = SourceBuilder.ultrasound(2, 3).read();
        SourceInstance elsewhere =
                SourceBuilder.ultrasound(2, 2).text(0x0020_000D, "UI", "1.9").read();
        LabelMask mask = new LabelMask(2, 2, new byte[] {1, 0, 0, 0});
        SegmentedImage first = Cases.image(1, one, 0, mask, Optional.empty());

        assertRefused(
                Reason.UNSUPPORTED_FORMAT,
                () -> Cases.of(List.of(first, Cases.image(2, elsewhere, 0, mask, Optional.empty())), 1));
        assertRefused(
                Reason.UNSUPPORTED_FORMAT,
                () -> Cases.of(
                        List.of(first, Cases.image(2, larger, 0, new LabelMask(2, 3, new byte[6]), Optional.empty())),
                        1));
        assertThatIllegalArgumentException().isThrownBy(() -> Cases.image(1, larger, 0, mask, Optional.empty()));
        assertThatIllegalArgumentException().isThrownBy(() -> Cases.image(1, one, 1, mask, Optional.empty()));
        assertThatIllegalArgumentException().isThrownBy(() -> Cases.of(List.of(first, first), 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Cases.of(
                        List.of(Cases.image(1, one, 0, new LabelMask(2, 2, new byte[] {2, 0, 0, 0}), Optional.empty())),
                        1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> with(Cases.of(List.of(first), 1), "MARK^NAME", Cases.CHECKPOINT, List.of(first)))
                .withMessageNotContaining("MARK");
        SegmentedImage unshown = new SegmentedImage(1, one, 0, new LabelMask(2, 2, new byte[4]), first.lesions());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DicomResults.of(Cases.of(List.of(unshown), 1), Cases.CREATED));
    }

    @Test
    void printsNothingOfAPatient() {
        CaseSegmentation work = Cases.ctVolume();
        DicomResult result = DicomResults.of(work, Cases.CREATED);
        ResultContext context = ResultContext.of(work, Cases.CREATED);
        SourceInstance source = work.images().get(0).instance();
        List<Object> printed = List.of(
                work,
                result,
                context,
                source,
                context.frames(),
                context.lesions(),
                context.stack(),
                context.uids(),
                source.text(),
                source.text().values(),
                source.reference(0),
                CommonModules.of(context, ResultKind.REPORT),
                work.images().get(0));

        assertThat(printed).allSatisfy(each -> assertThat(each.toString())
                .doesNotContain("MARK", "1970", SourceBuilder.STUDY, SourceBuilder.FRAME_OF_REFERENCE));
        assertThatExceptionOfType(ImageRefusedException.class)
                .isThrownBy(() -> SourceBuilder.ultrasound(2, 2)
                        .text(0x0008_0018, "UI", "MARK")
                        .read())
                .withMessageContaining("(0008,0018)")
                .withMessageNotContaining("MARK");
    }

    /** Every pixel of every mask is in the frame of its class and image, and nothing else is. */
    private static void assertMasks(WrittenSegmentation written, CaseSegmentation work) {
        List<WrittenSegmentation.Frame> frames = new ArrayList<>(written.frames());
        for (SegmentedImage image : work.images()) {
            for (ReportedClass each : work.classes()) {
                byte[] wanted = new byte[image.mask().labels().length];
                boolean any = false;
                for (int i = 0; i < wanted.length; i++) {
                    wanted[i] = (byte) (image.mask().labels()[i] == each.label() ? 1 : 0);
                    any |= wanted[i] == 1;
                }
                ImageReference source = image.reference();
                List<WrittenSegmentation.Frame> found = frames.stream()
                        .filter(frame -> frame.segment() == each.label()
                                && frame.instanceUid().equals(source.instanceUid())
                                && frame.sourceFrame() == source.frame().orElse(0))
                        .toList();
                assertThat(found).hasSize(any ? 1 : 0);
                found.forEach(frame -> assertThat(frame.bits()).isEqualTo(wanted));
                frames.removeAll(found);
            }
        }
        assertThat(frames).isEmpty();
    }

    private static List<List<Integer>> indexes(WrittenSegmentation written) {
        return written.tree().items(Attribute.PER_FRAME_FUNCTIONAL_GROUPS_SEQUENCE.tag()).stream()
                .map(group -> group.item(Attribute.FRAME_CONTENT_SEQUENCE.tag())
                        .bytes(Attribute.DIMENSION_INDEX_VALUES.tag()))
                .map(bytes -> List.of((int) bytes[0], (int) bytes[4]))
                .toList();
    }

    private static String code(DicomTree item, Attribute sequence) {
        return item.item(sequence.tag()).text(Attribute.CODE_VALUE.tag());
    }

    private static CaseSegmentation with(
            CaseSegmentation work, String workId, CheckpointIdentity checkpoint, List<SegmentedImage> images) {
        return new CaseSegmentation(workId, checkpoint, work.classes(), images, work.volumeLesions());
    }

    private static DicomTree report(SourceBuilder source) {
        LabelMask mask = new LabelMask(2, 2, new byte[] {1, 0, 0, 0});
        CaseSegmentation work = Cases.of(List.of(Cases.image(1, source.read(), 0, mask, Optional.empty())), 1);
        return DicomTree.read(DicomResults.of(work, Cases.CREATED).report().file());
    }
}
