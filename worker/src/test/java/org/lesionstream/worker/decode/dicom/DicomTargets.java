package org.lesionstream.worker.decode.dicom;

import static org.lesionstream.worker.decode.dicom.Objects.described;
import static org.lesionstream.worker.decode.dicom.Objects.grey;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.lesionstream.hostile.Target;
import org.lesionstream.hostile.Targets;
import org.lesionstream.schemas.image.DecodeLimits;
import org.lesionstream.schemas.image.ImageRefusedException;
import org.lesionstream.worker.decode.dicom.codec.FrameLayout;
import org.lesionstream.worker.decode.dicom.codec.JpegLsEncoder;
import org.lesionstream.worker.decode.dicom.codec.LosslessJpegEncoder;
import org.lesionstream.worker.decode.dicom.codec.PixelCodec;
import org.lesionstream.worker.decode.dicom.codec.PixelCodecs;
import org.lesionstream.worker.decode.dicom.codec.RleEncoder;
import org.lesionstream.worker.decode.dicom.codec.TestFrames;

/** DICOM files and the frames in them as attack surface. */
public final class DicomTargets implements Targets {

    private static final DecodeLimits LIMITS = new DecodeLimits(1 << 20, 1 << 20, 16);
    private static final int ROWS = 32;
    private static final int COLUMNS = 24;
    private static final String RLE = "1.2.840.10008.1.2.5";

    @Override
    public List<Target> targets() {
        return Stream.concat(
                        Stream.of(new Target("dicom", files(), DicomTargets::use, ImageRefusedException.class)),
                        frames())
                .toList();
    }

    /** Everything that can be asked of a file. */
    private static void use(byte[] bytes) {
        DicomPicture picture = DicomPicture.read(bytes, LIMITS);
        int last = picture.frames() - 1;
        picture.spacing(last);
        picture.plane(last);
        picture.stored(last);
        picture.grid(0);
    }

    private static List<byte[]> files() {
        Stream<byte[]> plain = Stream.of(
                        TransferSyntax.IMPLICIT_LITTLE_ENDIAN,
                        TransferSyntax.EXPLICIT_LITTLE_ENDIAN,
                        TransferSyntax.EXPLICIT_BIG_ENDIAN,
                        TransferSyntax.DEFLATED_LITTLE_ENDIAN)
                .flatMap(syntax -> Stream.of(greyFile(syntax), paletteFile(syntax)));
        return Stream.concat(plain, Stream.of(codedFile())).toList();
    }

    private static Stream<Target> frames() {
        FrameLayout grey = new FrameLayout(ROWS, COLUMNS, 1, 2);
        FrameLayout colour = new FrameLayout(ROWS, COLUMNS, 3, 1);
        int[] greys = TestFrames.samples(ROWS, COLUMNS, 1, 16, 1);
        int[] twelve = TestFrames.samples(ROWS, COLUMNS, 1, 12, 1);
        int[] colours = TestFrames.samples(ROWS, COLUMNS, 3, 8, 1);
        String baseline = "1.2.840.10008.1.2.4.50";
        String extended = "1.2.840.10008.1.2.4.51";
        String lossless = "1.2.840.10008.1.2.4.70";
        String jpegLs = "1.2.840.10008.1.2.4.80";
        return Stream.of(
                frame("rle-grey", RLE, grey, RleEncoder.encode(TestFrames.bytes(greys, 2), grey)),
                frame("rle-colour", RLE, colour, RleEncoder.encode(TestFrames.bytes(colours, 1), colour)),
                frame(
                        "lossless-jpeg-grey",
                        lossless,
                        grey,
                        LosslessJpegEncoder.of(ROWS, COLUMNS, 1, 16, 6).encode(greys)),
                frame(
                        "lossless-jpeg-colour-with-restarts",
                        lossless,
                        colour,
                        new LosslessJpegEncoder(ROWS, COLUMNS, 3, 8, 4, 0, 3, true, true).encode(colours)),
                frame(
                        "jpeg-ls-grey",
                        jpegLs,
                        grey,
                        JpegLsEncoder.of(ROWS, COLUMNS, 1, 16, 0, 0).encode(greys)),
                frame(
                        "jpeg-ls-by-line",
                        jpegLs,
                        colour,
                        JpegLsEncoder.of(ROWS, COLUMNS, 3, 8, 2, 1).encode(colours.clone())),
                frame(
                        "jpeg-ls-by-sample-own-thresholds",
                        jpegLs,
                        colour,
                        new JpegLsEncoder(ROWS, COLUMNS, 3, 8, 0, 2, new int[] {255, 4, 9, 30, 65}).encode(colours)),
                frame("twelve-bit-jpeg", extended, grey, TestFrames.twelveBitJpeg(ROWS, COLUMNS, twelve)),
                frame("baseline-jpeg", baseline, colour, Jpegs.yellow(COLUMNS, ROWS)));
    }

    private static Target frame(String name, String syntax, FrameLayout layout, byte[] coded) {
        PixelCodec codec = PixelCodecs.of(syntax);
        return new Target(
                name, List.of(coded), bytes -> codec.decode(bytes, layout, LIMITS), ImageRefusedException.class);
    }

    /** Two frames in three fragments. */
    private static byte[] codedFile() {
        FrameLayout layout = new FrameLayout(8, 8, 1, 2);
        byte[] frame = RleEncoder.encode(TestFrames.bytes(TestFrames.samples(8, 8, 1, 12, 1), 2), layout);
        byte[] head = Arrays.copyOf(frame, 64);
        byte[] tail = Arrays.copyOfRange(frame, 64, frame.length);
        int second = 8 + frame.length + frame.length % 2;
        return grey(RLE, 8, 8, 16, 12, false)
                .text(Tag.NUMBER_OF_FRAMES, "IS", "2")
                .fragments(new int[] {0, second}, List.of(frame, head, tail))
                .file();
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
}
