package org.lesionstream.worker.result.dicom;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.lesionstream.schemas.checkpoint.DicomCode;
import org.lesionstream.worker.decode.dicom.DicomTree;

/** Elements, numbers and words, down to the bytes. */
class WriterTest {

    private static final List<Attribute> WORDS = Stream.of(Attribute.values())
            .filter(attribute ->
                    List.of("LO", "SH", "UT", "LT", "PN").contains(attribute.vr()) && attribute.tag() >>> 16 > 2)
            .toList();
    private static final List<Attribute> SEQUENCES = Stream.of(Attribute.values())
            .filter(attribute -> attribute.vr().equals("SQ"))
            .toList();

    @Test
    void listsAttributesByAscendingTag() {
        List<Integer> tags = Stream.of(Attribute.values()).map(Attribute::tag).toList();

        assertThat(tags).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void writesWhatTheStandardSays() {
        Elements elements = new Elements()
                .items(Attribute.SEGMENT_SEQUENCE, new Elements().uint16(Attribute.SEGMENT_NUMBER, 258), new Elements())
                .text(Attribute.SOP_CLASS_UID, "1.2.3")
                .text(Attribute.TRACKING_ID, "abc")
                .text(Attribute.PATIENT_SEX)
                .pointer(Attribute.DIMENSION_INDEX_POINTER, Attribute.REFERENCED_SEGMENT_NUMBER)
                .uint32(Attribute.DIMENSION_INDEX_VALUES, 1, 70_000)
                .bytes(Attribute.PIXEL_DATA, new byte[] {7});

        assertThat(HexFormat.of().formatHex(ExplicitLittleEndian.bytes(elements, UTF_8, 16)))
                .isEqualTo("08001600" + "5549" + "0600" + "312e322e3300" // UI, padded with zero
                        + "10004000" + "4353" + "0000" // CS, empty
                        + "20005791" + "554c" + "0800" + "0100000070110100" // UL
                        + "20006591" + "4154" + "0400" + "62000b00" // AT
                        + "62000200" + "5351" + "0000" + "1a000000" // SQ of 26 bytes
                        + "feff00e0" + "0a000000" + "62000400" + "5553" + "0200" + "0201" // item of 10 bytes, US
                        + "feff00e0" + "00000000" // empty item
                        + "62002000" + "5554" + "0000" + "04000000" + "61626320" // UT, padded with a blank
                        + "e07f1000" + "4f42" + "0000" + "02000000" + "0700"); // OB
    }

    @RepeatedTest(20)
    void isReadAsItWasWritten() {
        long seed = new Random().nextLong();
        Elements written = random(new Random(seed), 4);
        byte[] bytes = ExplicitLittleEndian.bytes(
                new Elements().text(Attribute.SOP_CLASS_UID, "1.2").all(written), UTF_8, 16);

        assertSame(DicomTree.read(bytes), written, "seed " + seed);
        assertThat(ExplicitLittleEndian.bytes(
                        new Elements().text(Attribute.SOP_CLASS_UID, "1.2").all(random(new Random(seed), 4)),
                        UTF_8,
                        16))
                .isEqualTo(bytes);
    }

    @Test
    void givesAnAttributeOneValueThatFits() {
        Elements elements = new Elements().text(Attribute.PATIENT_ID, "MARK");

        assertThatIllegalStateException()
                .isThrownBy(() -> elements.text(Attribute.PATIENT_ID, "MARK"))
                .withMessageNotContaining("MARK");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExplicitLittleEndian.bytes(
                        new Elements().text(Attribute.PATIENT_NAME, "MARK".repeat(20_000)), UTF_8, 16))
                .withMessageNotContaining("MARK")
                .withMessageContaining("80000");
        assertThat(elements.toString()).contains("PATIENT_ID").doesNotContain("MARK");
    }

    @Test
    void writesLongCodesInTheirOwnAttribute() {
        Elements code = new Elements()
                .code(
                        Attribute.CONCEPT_CODE_SEQUENCE,
                        new DicomCode("99X", "12345678901234567", "back\\slash\nand\u0007 bell"));
        DicomTree read = DicomTree.read(ExplicitLittleEndian.bytes(
                        new Elements().text(Attribute.SOP_CLASS_UID, "1.2").all(code), UTF_8, 16))
                .item(Attribute.CONCEPT_CODE_SEQUENCE.tag());

        assertThat(read.has(Attribute.CODE_VALUE.tag())).isFalse();
        assertThat(read.text(Attribute.LONG_CODE_VALUE.tag())).isEqualTo("12345678901234567");
        assertThat(read.text(Attribute.CODE_MEANING.tag())).isEqualTo("back slash and  bell");
    }

    @Test
    void writesDecimalsOfAtMostSixteenCharacters() {
        assertThat(Stream.of(
                                0.0,
                                -0.0,
                                1.0,
                                -2.5,
                                0.1,
                                1200000.0,
                                1e22,
                                1.5e-9,
                                1.2e-12,
                                1.23456789012e-5,
                                -9.87654321e-210,
                                1.0 / 3,
                                -1.0 / 3)
                        .map(DecimalString::of))
                .containsExactly(
                        "0",
                        "0",
                        "1",
                        "-2.5",
                        "0.1",
                        "1200000",
                        "1E22",
                        "0.0000000015",
                        "0.0000000000012",
                        "1.23456789012E-5",
                        "-9.87654321E-210",
                        "0.33333333333333",
                        "-0.3333333333333");
        assertThatIllegalArgumentException().isThrownBy(() -> DecimalString.of(Double.NaN));
    }

    @RepeatedTest(20)
    void writesEveryNumberOfSixteenCharactersAsThatNumber() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            BigDecimal decimal = BigDecimal.valueOf(random.nextLong() % 1_000_000_000_000L, random.nextInt(12));
            String given = decimal.toPlainString();
            if (given.length() <= 16) {
                String written = DecimalString.of(Double.parseDouble(given));
                assertThat(written.length()).as("seed %d, %s", seed, given).isLessThanOrEqualTo(16);
                assertThat(Double.parseDouble(written))
                        .as("seed %d, %s", seed, given)
                        .isEqualTo(Double.parseDouble(given));
            }
            double any = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(any)) {
                String written = DecimalString.of(any);
                assertThat(written.length()).as("seed %d, %s", seed, any).isLessThanOrEqualTo(16);
                assertThat(Math.abs(Double.parseDouble(written) - any)).isLessThanOrEqualTo(1e-7 * Math.abs(any));
            }
        }
    }

    @Test
    void fitsWordsIntoOneValue() {
        assertThat(Words.fit(" a\\b\tc ", 64)).isEqualTo("a b c");
        assertThat(Words.fit("abcdef", 3)).isEqualTo("abc");
        assertThat(Words.fit("ab\ud83e\uddb7", 3)).isEqualTo("ab"); // half a pair of surrogates is no character
    }

    /** Words, unknown characters and nested items. */
    private static Elements random(Random random, int depth) {
        Elements elements = new Elements();
        for (int i = 0; i < 3; i++) {
            Attribute attribute = WORDS.get(random.nextInt(WORDS.size()));
            if (elements.value(attribute).isEmpty()) {
                elements.text(attribute, random.nextBoolean() ? "Läsion" : "x".repeat(random.nextInt(30)));
            }
        }
        Attribute sequence = SEQUENCES.get(random.nextInt(SEQUENCES.size()));
        List<Elements> items = new ArrayList<>();
        for (int i = random.nextInt(4); depth > 0 && i > 0; i--) {
            items.add(random(random, depth - 1));
        }
        return elements.items(sequence, items);
    }

    private static void assertSame(DicomTree read, Elements written, String seed) {
        written.values().forEach((attribute, value) -> {
            if (value instanceof Elements.Value.Text text) {
                assertThat(read.text(attribute.tag())).as(seed).isEqualTo(text.characters());
            }
            if (value instanceof Elements.Value.Items sequence) {
                List<DicomTree> items = read.items(attribute.tag());
                assertThat(items).as(seed).hasSameSizeAs(sequence.items());
                for (int i = 0; i < items.size(); i++) {
                    assertSame(items.get(i), sequence.items().get(i), seed);
                }
            }
        });
    }

    @Test
    void writesAQuestionMarkForWhatACharacterSetLacks() {
        byte[] bytes = ExplicitLittleEndian.bytes(new Elements().text(Attribute.SEGMENT_LABEL, "Läsion"), US_ASCII, 16);

        assertThat(Arrays.copyOfRange(bytes, 8, bytes.length)).isEqualTo("L?sion".getBytes(US_ASCII));
    }
}
