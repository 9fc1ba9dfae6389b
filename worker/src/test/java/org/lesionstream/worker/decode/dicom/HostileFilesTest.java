package org.lesionstream.worker.decode.dicom;

import static org.lesionstream.worker.decode.dicom.Objects.described;
import static org.lesionstream.worker.decode.dicom.Objects.grey;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lesionstream.schemas.image.DecodeLimits;
import org.lesionstream.worker.decode.dicom.codec.FrameLayout;
import org.lesionstream.worker.decode.dicom.codec.JpegLsEncoder;
import org.lesionstream.worker.decode.dicom.codec.LosslessJpegEncoder;
import org.lesionstream.worker.decode.dicom.codec.PixelCodec;
import org.lesionstream.worker.decode.dicom.codec.PixelCodecs;
import org.lesionstream.worker.decode.dicom.codec.RleEncoder;
import org.lesionstream.worker.decode.dicom.codec.TestFrames;

/** Damaged files are refused, or decoded to something: nothing else is thrown, nothing hangs, and memory stays bounded. */
class HostileFilesTest {

    private static final int MUTATIONS = 2000; // for the parser as for each codec
    private static final DecodeLimits LIMITS = new DecodeLimits(1 << 20, 1 << 20, 16);
    private static final int ROWS = 32;
    private static final int COLUMNS = 24;

    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void survivesDamagedFiles(Case file) {
        Mutations.decode(file.bytes, file.mutations, 1, "MARK", bytes -> {
            DicomPicture picture = DicomPicture.read(bytes, LIMITS);
            int last = picture.frames() - 1;
            picture.spacing(last);
            picture.plane(last);
            picture.stored(last);
            picture.grid(0);
        });
    }

    static Stream<Case> files() {
        return Stream.of(
                        TransferSyntax.IMPLICIT_LITTLE_ENDIAN,
                        TransferSyntax.EXPLICIT_LITTLE_ENDIAN,
                        TransferSyntax.EXPLICIT_BIG_ENDIAN,
                        TransferSyntax.DEFLATED_LITTLE_ENDIAN)
                .flatMap(syntax -> Stream.of(
                        new Case("grey in " + syntax, greyFile(syntax), MUTATIONS / 2),
                        new Case("palette in " + syntax, paletteFile(syntax), MUTATIONS / 2)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("frames")
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void survivesDamagedFrames(CodedCase coded) {
        PixelCodec codec = PixelCodecs.of(coded.syntax);
        Mutations.decode(coded.bytes, MUTATIONS, 100_000, "MARK", bytes -> codec.decode(bytes, coded.layout, LIMITS));
    }

    static Stream<CodedCase> frames() {
        FrameLayout grey = new FrameLayout(ROWS, COLUMNS, 1, 2);
        FrameLayout colour = new FrameLayout(ROWS, COLUMNS, 3, 1);
        int[] greys = TestFrames.samples(ROWS, COLUMNS, 1, 16, 1);
        int[] twelve = TestFrames.samples(ROWS, COLUMNS, 1, 12, 1);
        int[] colours = TestFrames.samples(ROWS, COLUMNS, 3, 8, 1);
        String rle = "1.2.840.10008.1.2.5";
        String extended = "1.2.840.10008.1.2.4.51";
        String lossless = "1.2.840.10008.1.2.4.70";
        String jpegLs = "1.2.840.10008.1.2.4.80";
        return Stream.of(
                new CodedCase("RLE grey", rle, RleEncoder.encode(TestFrames.bytes(greys, 2), grey), grey),
                new CodedCase("RLE colour", rle, RleEncoder.encode(TestFrames.bytes(colours, 1), colour), colour),
                new CodedCase(
                        "lossless grey",
                        lossless,
                        LosslessJpegEncoder.of(ROWS, COLUMNS, 1, 16, 6).encode(greys),
                        grey),
                new CodedCase(
                        "lossless colour with restarts",
                        lossless,
                        new LosslessJpegEncoder(ROWS, COLUMNS, 3, 8, 4, 0, 3, true, true).encode(colours),
                        colour),
                new CodedCase(
                        "JPEG-LS grey",
                        jpegLs,
                        JpegLsEncoder.of(ROWS, COLUMNS, 1, 16, 0, 0).encode(greys),
                        grey),
                new CodedCase(
                        "JPEG-LS by line",
                        jpegLs,
                        JpegLsEncoder.of(ROWS, COLUMNS, 3, 8, 2, 1).encode(colours.clone()),
                        colour),
                new CodedCase(
                        "JPEG-LS by sample, own thresholds",
                        jpegLs,
                        new JpegLsEncoder(ROWS, COLUMNS, 3, 8, 0, 2, new int[] {255, 4, 9, 30, 65}).encode(colours),
                        colour),
                new CodedCase("twelve bits", extended, TestFrames.twelveBitJpeg(ROWS, COLUMNS, twelve), grey));
    }

    private static byte[] greyFile(String syntax) {
        Consumer<DicomWriter> frame = item -> item.sequence(
                        Tag.PIXEL_MEASURES_SEQUENCE, measures -> measures.text(Tag.PIXEL_SPACING, "DS", "0.5\\0.5"))
                .openSequence(Tag.PIXEL_VALUE_TRANSFORMATION_SEQUENCE, "SQ", values -> values.text(
                                Tag.RESCALE_INTERCEPT, "DS", "-1024")
                        .text(Tag.RESCALE_SLOPE, "DS", "1"))
                .sequence(
                        Tag.PLANE_POSITION_SEQUENCE, plane -> plane.text(Tag.IMAGE_POSITION_PATIENT, "DS", "1\\2\\3"));
        return grey(syntax, 8, 8, 16, 12, true)
                .text(Tag.NUMBER_OF_FRAMES, "IS", "2")
                .numbers(Tag.PIXEL_PADDING_VALUE, 63)
                .text(Tag.WINDOW_CENTER, "DS", "40")
                .text(Tag.WINDOW_WIDTH, "DS", "400")
                .openSequence(0x0009_1001, "SQ", item -> item.text(0x0009_1002, "LO", "MARK"))
                .openSequence(Tag.SHARED_FUNCTIONAL_GROUPS_SEQUENCE, "SQ", frame)
                .sequence(Tag.PER_FRAME_FUNCTIONAL_GROUPS_SEQUENCE, frame, frame)
                .element(
                        Tag.PIXEL_DATA,
                        "OW",
                        Objects.words(DicomWriter.order(syntax), TestFrames.samples(16, 8, 1, 12, 1)))
                .file();
    }

    private static byte[] paletteFile(String syntax) {
        DicomWriter writer = described(syntax, 8, 8, "PALETTE COLOR", 1, 8, 8);
        for (int channel = 0; channel < 3; channel++) {
            writer.numbers(Tag.RED_PALETTE_DESCRIPTOR + channel, 256, 0, 16)
                    .numbers(
                            Tag.SEGMENTED_RED_PALETTE_DATA + channel,
                            0,
                            2,
                            1,
                            900,
                            1,
                            100,
                            65535,
                            2,
                            2,
                            0,
                            0,
                            1,
                            200,
                            5);
        }
        return writer.sequence(
                        Tag.SEQUENCE_OF_ULTRASOUND_REGIONS, region -> region.numbers(Tag.REGION_SPATIAL_FORMAT, 1)
                                .numbers(Tag.REGION_DATA_TYPE, 1)
                                .float64(Tag.PHYSICAL_DELTA_X, 0.1))
                .element(Tag.PIXEL_DATA, "OB", TestFrames.bytes(TestFrames.samples(8, 8, 1, 8, 1), 1))
                .file();
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Case(String name, byte[] bytes, int mutations) {
        @Override
        public String toString() {
            return name;
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    record CodedCase(String name, String syntax, byte[] bytes, FrameLayout layout) {
        @Override
        public String toString() {
            return name;
        }
    }
}
