package org.lesionstream.worker.decode.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lesionstream.worker.decode.dicom.Objects.bytes;
import static org.lesionstream.worker.decode.dicom.Objects.described;
import static org.lesionstream.worker.decode.dicom.Objects.grey;
import static org.lesionstream.worker.decode.dicom.Objects.picture;
import static org.lesionstream.worker.decode.dicom.Objects.words;
import static org.lesionstream.worker.decode.dicom.Refusals.assertRefused;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesionstream.schemas.image.DecodeLimits;
import org.lesionstream.schemas.image.ImageRefusedException.Reason;
import org.lesionstream.worker.decode.dicom.codec.FrameLayout;
import org.lesionstream.worker.decode.dicom.codec.JpegLsEncoder;
import org.lesionstream.worker.decode.dicom.codec.LosslessJpegEncoder;
import org.lesionstream.worker.decode.dicom.codec.RleEncoder;
import org.lesionstream.worker.decode.dicom.codec.TestFrames;

class FramesTest {

    private static final int ROWS = 12;
    private static final int COLUMNS = 10;
    private static final String RLE = "1.2.840.10008.1.2.5";
    private static final String LOSSLESS = "1.2.840.10008.1.2.4.70";
    private static final String JPEG_LS = "1.2.840.10008.1.2.4.80";

    @ParameterizedTest
    @ValueSource(
            strings = {
                TransferSyntax.IMPLICIT_LITTLE_ENDIAN,
                TransferSyntax.EXPLICIT_LITTLE_ENDIAN,
                TransferSyntax.EXPLICIT_BIG_ENDIAN,
                TransferSyntax.DEFLATED_LITTLE_ENDIAN
            })
    void readsNativeFrames(String syntax) {
        ByteOrder order = TransferSyntax.of(syntax).order();
        DicomPicture picture = picture(grey(syntax, 1, 3, 16, 16, false)
                .text(Tag.NUMBER_OF_FRAMES, "IS", "2")
                .element(Tag.PIXEL_DATA, "OW", words(order, 1, 258, 65535, 4, 5, 6)));

        assertThat(picture.frames()).isEqualTo(2);
        assertThat(values(picture.stored(0))).containsExactly(1, 258, 65535);
        assertThat(values(picture.stored(1))).containsExactly(4, 5, 6);
    }

    @Test
    void turnsBytesRoundThatABigEndianWriterPutInWords() {
        DicomWriter words = grey(TransferSyntax.EXPLICIT_BIG_ENDIAN, 1, 3, 8, 8, false)
                .element(Tag.PIXEL_DATA, "OW", bytes(2, 1, 0, 3));
        DicomWriter bytes = grey(TransferSyntax.EXPLICIT_BIG_ENDIAN, 1, 3, 8, 8, false)
                .element(Tag.PIXEL_DATA, "OB", bytes(1, 2, 3, 0));

        assertThat(values(picture(words).stored(0))).containsExactly(1, 2, 3);
        assertThat(values(picture(bytes).stored(0))).containsExactly(1, 2, 3);
    }

    @Test
    void readsSingleBitsOfFramesThatShareBytes() {
        DicomPicture picture = picture(grey(1, 5, 1, 1, false)
                .text(Tag.NUMBER_OF_FRAMES, "IS", "3")
                .element(Tag.PIXEL_DATA, "OB", bytes(0b1011_0101, 0b0100_1101)));

        assertThat(values(picture.stored(0))).containsExactly(1, 0, 1, 0, 1);
        assertThat(values(picture.stored(1))).containsExactly(1, 0, 1, 1, 0);
        assertThat(values(picture.stored(2))).containsExactly(1, 1, 0, 0, 1);
    }

    @Test
    void readsFloatingPoint() {
        byte[] single = ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putFloat(1.5f)
                .array();
        byte[] both = ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putDouble(-2.25)
                .array();

        assertThat(picture(grey(1, 1, 32, 32, false).element(Tag.FLOAT_PIXEL_DATA, "OF", single))
                        .stored(0)
                        .value(0))
                .isEqualTo(1.5);
        assertThat(picture(grey(1, 1, 64, 64, false).element(Tag.DOUBLE_FLOAT_PIXEL_DATA, "OD", both))
                        .stored(0)
                        .value(0))
                .isEqualTo(-2.25);
    }

    @Test
    void refusesFewerBytesThanFrames() {
        for (String frames : List.of("2", "2147483647")) {
            assertRefused(
                    Reason.TRUNCATED_OR_DAMAGED,
                    () -> picture(grey(1, 2, 16, 16, false)
                            .text(Tag.NUMBER_OF_FRAMES, "IS", frames)
                            .element(Tag.PIXEL_DATA, "OW", words(1, 2, 3))));
        }
        assertRefused(
                Reason.TRUNCATED_OR_DAMAGED,
                () -> picture(grey(1, 1, 16, 16, false)
                        .text(Tag.NUMBER_OF_FRAMES, "IS", "0")
                        .element(Tag.PIXEL_DATA, "OW", words(1))));
    }

    @Test
    void refusesDescriptionsBeforeTheyTakeMemory() {
        DecodeLimits limits = new DecodeLimits(1 << 20, 1000, 1);
        byte[] large = grey(65535, 65535, 16, 16, false)
                .element(Tag.PIXEL_DATA, "OW", words(1))
                .file();

        assertRefused(Reason.TOO_MANY_PIXELS, () -> DicomPicture.read(large, limits));
        for (int[] bits : new int[][] {{16, 0}, {16, 17}, {8, 12}}) {
            assertRefused(
                    Reason.TRUNCATED_OR_DAMAGED,
                    () -> picture(grey(1, 1, bits[0], bits[1], false).element(Tag.PIXEL_DATA, "OW", words(1))));
        }
        assertRefused(
                Reason.UNSUPPORTED_FORMAT,
                () -> picture(grey(1, 1, 12, 12, false).element(Tag.PIXEL_DATA, "OW", words(1))));
        assertRefused(Reason.NO_PIXELS, () -> picture(grey(1, 1, 16, 16, false)));
        assertRefused(
                Reason.TRUNCATED_OR_DAMAGED,
                () -> picture(new DicomWriter(TransferSyntax.EXPLICIT_LITTLE_ENDIAN)
                        .element(Tag.PIXEL_DATA, "OW", words(1))));
    }

    @Test
    void findsFramesByOneFragmentEach() {
        assertThat(stored(RLE, new int[0], List.of(rle(1), rle(2)), 2)).containsExactly(samples(1), samples(2));
        assertThat(stored(LOSSLESS, new int[0], List.of(lossless(1), lossless(2)), 2))
                .containsExactly(samples(1), samples(2));
        assertThat(stored(JPEG_LS, new int[0], List.of(jpegLs(1), jpegLs(2)), 2))
                .containsExactly(samples(1), samples(2));
    }

    @Test
    void putsTheFragmentsOfASingleFrameTogether() {
        assertThat(stored(LOSSLESS, new int[0], parts(lossless(1), 3), 1)).containsExactly(samples(1));
    }

    @Test
    void findsFramesByTheBasicOffsetTable() {
        List<byte[]> first = parts(rle(1), 3);
        List<byte[]> second = parts(rle(2), 2);
        List<byte[]> all = concatenated(first, second);

        assertThat(stored(RLE, new int[] {0, length(first)}, all, 2)).containsExactly(samples(1), samples(2));
        for (int[] wrong : new int[][] {{0, 4}, {0, 0}, {length(first), 0}, {8, length(first)}, {}}) {
            assertRefused(Reason.TRUNCATED_OR_DAMAGED, () -> stored(RLE, wrong, all, 2));
        }
    }

    @Test
    void findsFramesByTheExtendedOffsetTable() {
        List<byte[]> first = parts(rle(1), 2);
        List<byte[]> second = parts(rle(2), 3);
        byte[] table = ByteBuffer.allocate(16)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(0)
                .putLong(length(first))
                .array();
        DicomPicture picture = picture(coded(RLE, 2)
                .element(Tag.EXTENDED_OFFSET_TABLE, "OV", table)
                .fragments(new int[0], concatenated(first, second)));

        assertThat(values(picture.stored(0))).isEqualTo(samples(1));
        assertThat(values(picture.stored(1))).isEqualTo(samples(2));
    }

    @Test
    void findsFramesByTheStartOfTheirImages() {
        List<byte[]> all = concatenated(parts(jpegLs(1), 4), parts(jpegLs(2), 2));

        assertThat(stored(JPEG_LS, new int[0], all, 2)).containsExactly(samples(1), samples(2));
        assertRefused(Reason.TRUNCATED_OR_DAMAGED, () -> stored(JPEG_LS, new int[0], all, 3));
        assertRefused(Reason.TRUNCATED_OR_DAMAGED, () -> stored(JPEG_LS, new int[0], all, 7));
    }

    @Test
    void extendsTheSignOfCodedValues() {
        int[] stored = new int[ROWS * COLUMNS];
        Arrays.setAll(stored, i -> (i - 50) & 0xfff);
        byte[] frame = LosslessJpegEncoder.of(ROWS, COLUMNS, 1, 12, 1).encode(stored);
        DicomPicture picture =
                picture(grey(LOSSLESS, ROWS, COLUMNS, 16, 12, true).fragments(new int[0], List.of(frame)));

        int[] expected = new int[ROWS * COLUMNS];
        Arrays.setAll(expected, i -> i - 50);
        assertThat(values(picture.stored(0))).isEqualTo(expected);
    }

    @Test
    void readsBaselineJpegAsItsAttributesSay() {
        byte[] jpeg = Jpegs.yellow(8, 8);

        DicomPicture converted = picture(described("1.2.840.10008.1.2.4.50", 8, 8, "YBR_FULL_422", 3, 8, 8)
                .fragments(new int[0], List.of(jpeg)));
        DicomPicture plain = picture(
                described("1.2.840.10008.1.2.4.50", 8, 8, "RGB", 3, 8, 8).fragments(new int[0], List.of(jpeg)));

        assertThat(Arrays.copyOf(values(converted.stored(0)), 3)).containsExactly(255, 255, 0);
        assertThat(Arrays.copyOf(values(plain.stored(0)), 3)).containsExactly(226, 0, 149); // as coded: Y, Cb, Cr
    }

    @Test
    void saysWhichSyntaxIsNotRead() {
        assertRefused(
                Reason.UNSUPPORTED_TRANSFER_SYNTAX,
                () -> picture(grey("1.2.840.10008.1.2.4.201", 1, 1, 8, 8, false)
                        .fragments(new int[0], List.of(bytes(1, 2)))));
    }

    private static List<int[]> stored(String syntax, int[] table, List<byte[]> fragments, int frames) {
        DicomPicture picture = picture(coded(syntax, frames).fragments(table, fragments));
        return IntStream.range(0, frames)
                .mapToObj(i -> values(picture.stored(i)))
                .toList();
    }

    private static DicomWriter coded(String syntax, int frames) {
        return grey(syntax, ROWS, COLUMNS, 16, 16, false).text(Tag.NUMBER_OF_FRAMES, "IS", Integer.toString(frames));
    }

    private static int[] samples(int seed) {
        return TestFrames.samples(ROWS, COLUMNS, 1, 16, seed);
    }

    private static byte[] rle(int seed) {
        return RleEncoder.encode(TestFrames.bytes(samples(seed), 2), new FrameLayout(ROWS, COLUMNS, 1, 2));
    }

    private static byte[] lossless(int seed) {
        return LosslessJpegEncoder.of(ROWS, COLUMNS, 1, 16, 1).encode(samples(seed));
    }

    private static byte[] jpegLs(int seed) {
        return JpegLsEncoder.of(ROWS, COLUMNS, 1, 16, 0, 0).encode(samples(seed));
    }

    /** Pieces of even length, as fragments must be. */
    private static List<byte[]> parts(byte[] whole, int count) {
        int size = whole.length / count / 2 * 2;
        return IntStream.range(0, count)
                .mapToObj(i -> Arrays.copyOfRange(whole, i * size, i + 1 < count ? (i + 1) * size : whole.length))
                .toList();
    }

    private static List<byte[]> concatenated(List<byte[]> first, List<byte[]> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    /** Of fragments with their headers. */
    private static int length(List<byte[]> fragments) {
        return fragments.stream()
                .mapToInt(fragment -> 8 + fragment.length + fragment.length % 2)
                .sum();
    }

    private static int[] values(StoredFrame frame) {
        int[] values = new int[frame.count()];
        Arrays.setAll(values, i -> (int) frame.value(i));
        return values;
    }
}
