package org.lesionstream.worker.result.dicom;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.lesionstream.schemas.checkpoint.SegmentClass;
import org.lesionstream.schemas.image.LabelMask;
import org.lesionstream.worker.decode.dicom.DicomTree;

/** Names in several character sets. */
class SourceTextTest {

    private static final String NAME = "Müller^Jörg";

    @Test
    void writesKnownCharacterSetsAsUnicode() {
        for (String set : List.of("ISO_IR 100", "ISO 2022 IR 100")) {
            assertUnicode(named(set, NAME.getBytes(ISO_8859_1)), NAME);
        }
        assertUnicode(named("ISO_IR 192", "山田^太郎 ".getBytes(UTF_8)), "山田^太郎");
        assertUnicode(named("ISO_IR 6", "Miller^Joe".getBytes(US_ASCII)), "Miller^Joe");
        assertUnicode(named("", "Miller^Joe\0".getBytes(US_ASCII)), "Miller^Joe");
        assertUnicode(
                SourceBuilder.ultrasound(2, 2).without(0x0008_0005).bytes(0x0010_0010, "PN", "A^B ".getBytes(US_ASCII)),
                "A^B");
    }

    @Test
    void copiesOtherCharacterSetsByteForByte() {
        byte[] cyrillic = {(byte) 0xBB, (byte) 0xEE, (byte) 0xDA, '^', 'A', ' '};
        byte[] japanese = {'Y', '=', 0x1B, '$', 'B', 0x3B, 0x33, 0x1B, '(', 'B'};

        assertVerbatim(named("ISO_IR 144", cyrillic), cyrillic, "ISO_IR 144");
        assertVerbatim(named("\\ISO 2022 IR 87", japanese), japanese, "\\ISO 2022 IR 87");
    }

    @Test
    void guessesNothingWhereValuesContradictTheStatedSet() {
        byte[] latin = (NAME + " ").getBytes(ISO_8859_1); // of an even length

        assertVerbatim(named("ISO_IR 192", latin), latin, "ISO_IR 192");
        assertVerbatim(named("ISO_IR 6", latin), latin, "ISO_IR 6");
        byte[] escaped = {'A', 0x1B, '$', 'B'};
        assertVerbatim(named("ISO_IR 100", escaped), escaped, "ISO_IR 100");
        DicomTree unstated = results(
                        SourceBuilder.ultrasound(2, 2).without(0x0008_0005).bytes(0x0010_0010, "PN", latin))
                .get(0);
        assertThat(unstated.has(Attribute.SPECIFIC_CHARACTER_SET.tag())).isFalse();
        assertThat(unstated.bytes(Attribute.PATIENT_NAME.tag())).isEqualTo(latin);
    }

    private static void assertUnicode(SourceBuilder source, String name) {
        for (DicomTree tree : results(source)) {
            assertThat(tree.text(Attribute.SPECIFIC_CHARACTER_SET.tag())).isEqualTo("ISO_IR 192");
            assertThat(tree.text(Attribute.PATIENT_NAME.tag())).isEqualTo(name);
            assertLabel(tree, "Läsion");
        }
    }

    private static void assertVerbatim(SourceBuilder source, byte[] name, String set) {
        for (DicomTree tree : results(source)) {
            assertThat(tree.text(Attribute.SPECIFIC_CHARACTER_SET.tag()).strip())
                    .isEqualTo(set);
            assertThat(tree.bytes(Attribute.PATIENT_NAME.tag())).isEqualTo(name);
            assertLabel(tree, "L?sion");
        }
    }

    private static void assertLabel(DicomTree tree, String label) {
        tree.items(Attribute.SEGMENT_SEQUENCE.tag())
                .forEach(segment ->
                        assertThat(segment.text(Attribute.SEGMENT_LABEL.tag())).isEqualTo(label));
    }

    private static SourceBuilder named(String set, byte[] name) {
        return SourceBuilder.ultrasound(2, 2).text(0x0008_0005, "CS", set).bytes(0x0010_0010, "PN", name);
    }

    /** Segmentation and report. */
    private static List<DicomTree> results(SourceBuilder source) {
        LabelMask mask = new LabelMask(2, 2, new byte[] {1, 0, 0, 0});
        List<ReportedClass> classes = List.of(ReportedClass.of(new SegmentClass(1, "Läsion", Optional.empty())));
        DicomResult result = DicomResults.of(
                new CaseSegmentation(
                        "job-1",
                        Cases.CHECKPOINT,
                        classes,
                        List.of(Cases.image(1, source.read(), 0, mask, Optional.empty())),
                        Optional.empty()),
                Cases.CREATED);
        return List.of(
                DicomTree.read(result.segmentation().orElseThrow().file()),
                DicomTree.read(result.report().file()));
    }
}
