package org.lesionstream.worker.decode.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lesionstream.worker.decode.dicom.Refusals.assertRefused;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesionstream.schemas.image.DecodeLimits;
import org.lesionstream.schemas.image.ImageRefusedException.Reason;

class DicomFileTest {

    private static final int PATIENT_NAME = 0x0010_0010;
    private static final int PRIVATE_SEQUENCE = 0x0009_1001;

    @ParameterizedTest
    @ValueSource(
            strings = {
                TransferSyntax.IMPLICIT_LITTLE_ENDIAN,
                TransferSyntax.EXPLICIT_LITTLE_ENDIAN,
                TransferSyntax.EXPLICIT_BIG_ENDIAN,
                TransferSyntax.DEFLATED_LITTLE_ENDIAN
            })
    void readsEveryKindOfValueInEveryPlainSyntax(String syntax) {
        DataSet read = read(everything(syntax).file()).dataSet();

        assertEverything(read);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                TransferSyntax.IMPLICIT_LITTLE_ENDIAN,
                TransferSyntax.EXPLICIT_LITTLE_ENDIAN,
                TransferSyntax.EXPLICIT_BIG_ENDIAN
            })
    void tellsHowABareDataSetIsWritten(String syntax) {
        byte[] bare = everything(syntax).dataSet();

        assertThat(DicomFile.recognises(bare)).isTrue();
        DicomFile file = read(bare);
        assertThat(file.syntax().uid()).isEqualTo(syntax);
        assertEverything(file.dataSet());
    }

    @Test
    void readsAFileWithoutPreamble() {
        byte[] file = everything(TransferSyntax.EXPLICIT_LITTLE_ENDIAN).file();
        byte[] headless = Arrays.copyOfRange(file, 132, file.length);

        assertThat(DicomFile.recognises(headless)).isTrue();
        assertEverything(read(headless).dataSet());
    }

    @Test
    void believesTheElementsMoreThanTheTransferSyntax() {
        byte[] implicit = everything(TransferSyntax.IMPLICIT_LITTLE_ENDIAN).dataSet();
        byte[] explicit = everything(TransferSyntax.EXPLICIT_LITTLE_ENDIAN).dataSet();

        assertEverything(
                read(withMeta(TransferSyntax.EXPLICIT_LITTLE_ENDIAN, implicit)).dataSet());
        assertEverything(
                read(withMeta(TransferSyntax.IMPLICIT_LITTLE_ENDIAN, explicit)).dataSet());
    }

    @Test
    void readsASequenceOfUnknownRepresentationAsImplicit() {
        byte[] item = new DicomWriter(TransferSyntax.IMPLICIT_LITTLE_ENDIAN)
                .text(Tag.PIXEL_SPACING, "DS", "0.5\\0.25")
                .dataSet();
        byte[] content = ByteBuffer.allocate(8 + item.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort((short) 0xFFFE)
                .putShort((short) 0xE000)
                .putInt(item.length)
                .put(item)
                .array();
        DataSet read = read(new DicomWriter(TransferSyntax.EXPLICIT_LITTLE_ENDIAN)
                        .text(0x0008_0060, "CS", "CT")
                        .element(Tag.PIXEL_MEASURES_SEQUENCE, "UN", content)
                        .numbers(Tag.ROWS, 7)
                        .file())
                .dataSet();

        assertThat(read.item(Tag.PIXEL_MEASURES_SEQUENCE).orElseThrow().decimals(Tag.PIXEL_SPACING, 2))
                .hasValue(new double[] {0.5, 0.25});
        assertThat(read.integer(Tag.ROWS)).hasValue(7);
    }

    @Test
    void keepsNothingOfThePatient() {
        DataSet read = read(new DicomWriter(TransferSyntax.EXPLICIT_LITTLE_ENDIAN)
                        .text(PATIENT_NAME, "PN", "Doe^Jane")
                        .numbers(Tag.ROWS, 7)
                        .file())
                .dataSet();

        assertThat(read.value(PATIENT_NAME)).isEmpty();
        assertThat(read.integer(Tag.ROWS)).hasValue(7);
    }

    @Test
    void knowsWhatIsNoDicom() {
        for (byte[] other : List.of(
                new byte[0],
                new byte[200],
                new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'},
                new byte[] {'I', 'I', 42, 0, 8, 0, 0, 0, 1, 0},
                new byte[] {8, 0, 5, 0, 1, 2, 3, 4, 5, 6})) {
            assertThat(DicomFile.recognises(other)).isFalse();
            assertRefused(Reason.UNSUPPORTED_FORMAT, () -> read(other));
        }
    }

    @Test
    void refusesLengthsBeyondWhatIsLeft() {
        for (long length : new long[] {17, 0x7fff_ffffL, 0x8000_0000L, 0xffff_fffeL}) {
            assertRefused(
                    Reason.TRUNCATED_OR_DAMAGED,
                    () -> read(start().header(Tag.PIXEL_DATA, "OW", length)
                            .numbers(Tag.ROWS, 1, 1, 1, 1)
                            .file()));
        }
        assertRefused(
                Reason.TRUNCATED_OR_DAMAGED,
                () -> read(
                        start().sequence(Tag.PIXEL_MEASURES_SEQUENCE, item -> item.header(Tag.PIXEL_SPACING, "DS", 90))
                                .text(PATIENT_NAME, "PN", "x".repeat(100))
                                .file()));
    }

    @Test
    void refusesWhatEndsInTheMiddle() {
        byte[] whole = everything(TransferSyntax.EXPLICIT_LITTLE_ENDIAN).file();
        int begin = 132
                + new DicomWriter(TransferSyntax.EXPLICIT_LITTLE_ENDIAN)
                        .element(0x0002_0001, "OB", new byte[] {0, 1})
                        .text(Tag.TRANSFER_SYNTAX_UID, "UI", TransferSyntax.EXPLICIT_LITTLE_ENDIAN)
                        .dataSet()
                        .length;
        int lastElement = 12 + 4;
        for (int length = whole.length - lastElement + 1; length < whole.length; length++) {
            byte[] torn = Arrays.copyOf(whole, length);
            assertRefused(Reason.TRUNCATED_OR_DAMAGED, () -> read(torn));
        }
        assertThat(read(Arrays.copyOf(whole, begin)).dataSet().integer(Tag.ROWS))
                .isEmpty();
    }

    @Test
    void refusesDelimitersThatDoNotBelong() {
        assertRefused(
                Reason.TRUNCATED_OR_DAMAGED,
                () -> read(start().delimiter(Tag.SEQUENCE_DELIMITATION, 0).file()));
        assertRefused(
                Reason.TRUNCATED_OR_DAMAGED,
                () -> read(start().header(Tag.PIXEL_MEASURES_SEQUENCE, "SQ", 8)
                        .delimiter(Tag.ITEM_DELIMITATION, 0)
                        .file()));
        assertRefused(
                Reason.TRUNCATED_OR_DAMAGED,
                () -> read(start().header(Tag.PIXEL_MEASURES_SEQUENCE, "SQ", 0xffff_ffffL)
                        .delimiter(Tag.ITEM, 0xffff_ffffL)
                        .numbers(Tag.ROWS, 1)
                        .file()));
        assertRefused(
                Reason.TRUNCATED_OR_DAMAGED,
                () -> read(start().header(Tag.PIXEL_DATA, "OB", 0xffff_ffffL)
                        .delimiter(Tag.ITEM_DELIMITATION, 0)
                        .file()));
    }

    @Test
    void refusesDeepNesting() {
        assertRefused(Reason.TRUNCATED_OR_DAMAGED, () -> read(nested(100_000).file()));
        assertThat(read(nested(DataSetReader.MAX_DEPTH).numbers(Tag.ROWS, 3).file())
                        .dataSet()
                        .integer(Tag.ROWS))
                .hasValue(3);
    }

    @Test
    void refusesMoreItemsThanMemoryIsFor() {
        DicomWriter many = start().header(Tag.PIXEL_MEASURES_SEQUENCE, "SQ", 8L * (DataSetReader.MAX_KEPT + 1));
        for (int i = 0; i <= DataSetReader.MAX_KEPT; i++) {
            many.delimiter(Tag.ITEM, 0);
        }

        assertRefused(Reason.TRUNCATED_OR_DAMAGED, () -> read(many.file()));
    }

    @Test
    void refusesFilesThatAreOrBecomeTooLarge() {
        DecodeLimits small = new DecodeLimits(100_000, 1000, 1);
        DicomWriter large =
                new DicomWriter(TransferSyntax.DEFLATED_LITTLE_ENDIAN).element(0x0008_2111, "UT", new byte[200_000]);

        assertRefused(Reason.TOO_MANY_BYTES, () -> DicomFile.read(new byte[100_001], small));
        assertRefused(Reason.TOO_MANY_BYTES, () -> DicomFile.read(large.file(), small));
        assertThat(DicomFile.read(large.file(), DecodeLimits.DEFAULT).dataSet().integer(Tag.ROWS))
                .isEmpty();
    }

    @Test
    void refusesADamagedDeflateStream() {
        byte[] file = everything(TransferSyntax.DEFLATED_LITTLE_ENDIAN).file();

        assertRefused(Reason.TRUNCATED_OR_DAMAGED, () -> read(Arrays.copyOf(file, file.length - 10)));
        file[file.length - 60] ^= 0x55;
        assertRefused(Reason.TRUNCATED_OR_DAMAGED, () -> read(file));
    }

    @Test
    void refusesNumbersThatAreNone() {
        DataSet read = read(new DicomWriter(TransferSyntax.EXPLICIT_LITTLE_ENDIAN)
                        .text(Tag.NUMBER_OF_FRAMES, "IS", "1A")
                        .element(Tag.ROWS, "US", new byte[6])
                        .text(Tag.PIXEL_SPACING, "DS", "0.5\\none")
                        .text(Tag.RESCALE_SLOPE, "DS", "NaN")
                        .file())
                .dataSet();

        assertRefused(Reason.TRUNCATED_OR_DAMAGED, () -> read.number(Tag.NUMBER_OF_FRAMES));
        assertRefused(Reason.TRUNCATED_OR_DAMAGED, () -> read.integer(Tag.ROWS));
        assertThat(read.decimals(Tag.PIXEL_SPACING, 2)).isEmpty();
        assertThat(read.decimal(Tag.RESCALE_SLOPE)).isEmpty();
        assertThat(read.decimal(Tag.WINDOW_CENTER)).isEmpty();
    }

    private static DicomWriter everything(String syntax) {
        Consumer<DicomWriter> spacing = item -> item.text(Tag.PIXEL_SPACING, "DS", "0.5\\0.25")
                .sequence(PRIVATE_SEQUENCE, inner -> inner.numbers(Tag.ROWS, 99));
        return new DicomWriter(syntax)
                .text(0x0008_0005, "CS", "ISO_IR 100")
                .openSequence(
                        PRIVATE_SEQUENCE,
                        "SQ",
                        item -> item.openSequence(PRIVATE_SEQUENCE, "SQ", x -> x.numbers(Tag.ROWS, 9)))
                .text(PATIENT_NAME, "PN", "Doe^Jane")
                .numbers(Tag.ROWS, 512)
                .text(Tag.NUMBER_OF_FRAMES, "IS", "12 ")
                .float64(Tag.PHYSICAL_DELTA_X, 0.125)
                .sequence(
                        Tag.PLANE_POSITION_SEQUENCE, item -> item.text(Tag.IMAGE_POSITION_PATIENT, "DS", "1\\-2\\3e1"))
                .openSequence(Tag.PIXEL_MEASURES_SEQUENCE, "SQ", spacing, spacing)
                .element(Tag.PIXEL_DATA, "OW", new byte[] {1, 2, 3, 4});
    }

    private static void assertEverything(DataSet read) {
        assertThat(read.integer(Tag.ROWS)).hasValue(512);
        assertThat(read.number(Tag.NUMBER_OF_FRAMES)).hasValue(12);
        assertThat(read.float64(Tag.PHYSICAL_DELTA_X)).hasValue(0.125);
        assertThat(read.item(Tag.PLANE_POSITION_SEQUENCE).orElseThrow().decimals(Tag.IMAGE_POSITION_PATIENT, 3))
                .hasValue(new double[] {1, -2, 30});
        assertThat(read.items(Tag.PIXEL_MEASURES_SEQUENCE)).hasSize(2).allSatisfy(item -> assertThat(
                        item.decimals(Tag.PIXEL_SPACING, 2))
                .hasValue(new double[] {0.5, 0.25}));
        Span pixels = read.value(Tag.PIXEL_DATA).orElseThrow();
        assertThat(Arrays.copyOfRange(read.source().array(), pixels.offset(), pixels.end()))
                .containsExactly(1, 2, 3, 4);
    }

    private static DicomWriter nested(int depth) {
        DicomWriter writer = start();
        for (int i = 0; i < depth; i++) {
            writer.header(PRIVATE_SEQUENCE, "SQ", 0xffff_ffffL).delimiter(Tag.ITEM, 0xffff_ffffL);
        }
        for (int i = 0; i < depth; i++) {
            writer.delimiter(Tag.ITEM_DELIMITATION, 0).delimiter(Tag.SEQUENCE_DELIMITATION, 0);
        }
        return writer;
    }

    private static DicomWriter start() {
        return new DicomWriter(TransferSyntax.EXPLICIT_LITTLE_ENDIAN).text(0x0008_0060, "CS", "CT");
    }

    private static byte[] withMeta(String syntax, byte[] dataSet) {
        byte[] meta = new DicomWriter(syntax).file();
        byte[] file = Arrays.copyOf(meta, meta.length + dataSet.length);
        System.arraycopy(dataSet, 0, file, meta.length, dataSet.length);
        return file;
    }

    private static DicomFile read(byte[] file) {
        return DicomFile.read(file, DecodeLimits.DEFAULT);
    }
}
