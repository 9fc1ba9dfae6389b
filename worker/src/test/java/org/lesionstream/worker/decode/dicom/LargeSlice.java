package org.lesionstream.worker.decode.dicom;

import java.util.List;
import java.util.Random;
import org.lesionstream.worker.decode.dicom.codec.FrameLayout;
import org.lesionstream.worker.decode.dicom.codec.JpegLsEncoder;
import org.lesionstream.worker.decode.dicom.codec.LosslessJpegEncoder;
import org.lesionstream.worker.decode.dicom.codec.RleEncoder;
import org.lesionstream.worker.decode.dicom.codec.TestFrames;

/** A slice as large as those of radiography: 1024 x 1024 signed values of 16 bits, waves and noise everywhere. */
enum LargeSlice {
    RAW,
    RLE,
    JPEG_LOSSLESS,
    JPEG_LS;

    private static final int SIDE = 1024;

    /** The bytes of the DICOM file. */
    byte[] file() {
        int[] samples = samples();
        return switch (this) {
            case RAW ->
                header(TransferSyntax.EXPLICIT_LITTLE_ENDIAN)
                        .element(Tag.PIXEL_DATA, "OW", TestFrames.bytes(samples, 2))
                        .file();
            case RLE ->
                coded(
                        "1.2.840.10008.1.2.5",
                        RleEncoder.encode(TestFrames.bytes(samples, 2), new FrameLayout(SIDE, SIDE, 1, 2)));
            case JPEG_LOSSLESS ->
                coded(
                        "1.2.840.10008.1.2.4.70",
                        LosslessJpegEncoder.of(SIDE, SIDE, 1, 16, 1).encode(samples));
            case JPEG_LS ->
                coded(
                        "1.2.840.10008.1.2.4.80",
                        JpegLsEncoder.of(SIDE, SIDE, 1, 16, 0, 0).encode(samples));
        };
    }

    private static byte[] coded(String syntax, byte[] frame) {
        return header(syntax).fragments(new int[0], List.of(frame)).file();
    }

    private static DicomWriter header(String syntax) {
        return Objects.grey(syntax, SIDE, SIDE, 16, 16, true);
    }

    private static int[] samples() {
        Random random = new Random(1);
        int[] samples = new int[SIDE * SIDE];
        for (int row = 0; row < SIDE; row++) {
            for (int column = 0; column < SIDE; column++) {
                double wave = 400 * Math.sin(row / 40.0) * Math.cos(column / 30.0);
                samples[row * SIDE + column] = (int) (40 + wave + 12 * random.nextGaussian()) & 0xffff;
            }
        }
        return samples;
    }
}
