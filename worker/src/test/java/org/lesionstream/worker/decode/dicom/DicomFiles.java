package org.lesionstream.worker.decode.dicom;

import java.util.List;
import java.util.function.Consumer;

/** DICOM files for tests of what stands behind the decoder. Each carries {@value #MARK} where a patient's name belongs. */
public final class DicomFiles {

    /** Text that must not be found anywhere. */
    public static final String MARK = "MARK";

    private DicomFiles() {}

    /**
     * Slices of computed tomography of 14 x 10 pixels of 0.5 x 0.25 mm, shown from -160 to 240 Hounsfield units: dark, with one bright square of the
     * given side per frame, across the borders of tiles.
     */
    public static byte[] slices(int... sides) {
        return slices(writer -> {}, sides);
    }

    /**
     * One such slice in its place.
     *
     * @param along where it lies in millimetres along its normal
     */
    public static byte[] slice(int side, double along) {
        return slices(
                writer -> writer.text(Tag.IMAGE_POSITION_PATIENT, "DS", "-20\\7\\" + along)
                        .text(Tag.IMAGE_ORIENTATION_PATIENT, "DS", "1\\0\\0\\0\\1\\0"),
                side);
    }

    private static byte[] slices(Consumer<DicomWriter> more, int... sides) {
        int[] stored = new int[sides.length * 140];
        for (int frame = 0; frame < sides.length; frame++) {
            for (int i = 0; i < 140; i++) {
                int row = i / 14 - 3;
                int column = i % 14 - 5;
                boolean bright = row >= 0 && row < sides[frame] && column >= 0 && column < sides[frame];
                stored[frame * 140 + i] = bright ? 1264 : 24; // 240 and -1000
            }
        }
        DicomWriter writer = Objects.grey(10, 14, 16, 12, false)
                .text(Tag.PIXEL_SPACING, "DS", "0.5\\0.25")
                .text(Tag.WINDOW_CENTER, "DS", "40.5")
                .text(Tag.WINDOW_WIDTH, "DS", "401")
                .text(Tag.RESCALE_INTERCEPT, "DS", "-1024")
                .text(Tag.RESCALE_SLOPE, "DS", "1");
        more.accept(writer);
        if (sides.length > 1) {
            writer.text(Tag.NUMBER_OF_FRAMES, "IS", Integer.toString(sides.length));
        }
        return writer.element(Tag.PIXEL_DATA, "OW", Objects.words(stored)).file();
    }

    /**
     * Frames of 4 x 4 pixels, each in its place.
     *
     * @param along where the frames lie in millimetres along their normal
     */
    public static byte[] stack(double... along) {
        @SuppressWarnings({"unchecked", "rawtypes"})
        Consumer<DicomWriter>[] frames = new Consumer[along.length];
        for (int i = 0; i < along.length; i++) {
            String position = "-20\\7\\" + along[i];
            frames[i] = frame -> frame.sequence(
                    Tag.PLANE_POSITION_SEQUENCE, plane -> plane.text(Tag.IMAGE_POSITION_PATIENT, "DS", position));
        }
        return Objects.grey(4, 4, 8, 8, false)
                .text(Tag.NUMBER_OF_FRAMES, "IS", Integer.toString(along.length))
                .sequence(
                        Tag.SHARED_FUNCTIONAL_GROUPS_SEQUENCE,
                        shared -> shared.sequence(
                                Tag.PLANE_ORIENTATION_SEQUENCE,
                                plane -> plane.text(Tag.IMAGE_ORIENTATION_PATIENT, "DS", "1\\0\\0\\0\\1\\0")))
                .sequence(Tag.PER_FRAME_FUNCTIONAL_GROUPS_SEQUENCE, frames)
                .element(Tag.PIXEL_DATA, "OB", new byte[16 * along.length])
                .file();
    }

    /** A picture that is coded in high-throughput JPEG 2000, which is not read. */
    public static byte[] jpeg2000() {
        return Objects.grey("1.2.840.10008.1.2.4.201", 10, 14, 16, 12, false)
                .fragments(new int[0], List.of(new byte[64]))
                .file();
    }

    /** An object without pixels. */
    public static byte[] report() {
        return new DicomWriter(TransferSyntax.EXPLICIT_LITTLE_ENDIAN)
                .text(0x0008_0060, "CS", "SR")
                .text(0x0010_0010, "PN", MARK)
                .file();
    }
}
