package org.lesionstream.worker.decode.dicom.codec;

import java.util.Random;

/** Frames of made samples, and their bytes in a layout. */
public final class TestFrames {

    private TestFrames() {}

    /**
     * Slow waves, an even area, noise, and both ends of the range: what each part of a codec is for.
     *
     * @return by pixel and sample
     */
    public static int[] samples(int rows, int columns, int samples, int bits, long seed) {
        Random random = new Random(seed);
        int highest = (1 << bits) - 1;
        int[] made = new int[rows * columns * samples];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                for (int k = 0; k < samples; k++) {
                    made[(row * columns + column) * samples + k] =
                            sample(row, column, k, rows, columns, highest, random);
                }
            }
        }
        return made;
    }

    private static int sample(int row, int column, int k, int rows, int columns, int highest, Random random) {
        boolean left = column < columns / 2;
        if (row < rows / 4) {
            return left ? highest / 3 : random.nextInt(50) == 0 ? highest : 0;
        }
        if (row < rows / 2) {
            return left ? random.nextInt(highest + 1) : highest / 3 + k * (highest / 7);
        }
        double wave = Math.sin(row / 9.0 + k) * Math.cos(column / 7.0) * 0.4 + 0.5;
        double value = wave * highest + random.nextGaussian() * highest / 200;
        return (int) Math.max(0, Math.min(highest, Math.round(value)));
    }

    /** A grey frame of twelve bits as lossy JPEG. */
    public static byte[] twelveBitJpeg(int rows, int columns, int[] samples) {
        return new TwelveBitJpegEncoder(rows, columns, 1, 0).encode(samples);
    }

    /** Little endian. */
    public static byte[] bytes(int[] samples, int bytesPerSample) {
        byte[] bytes = new byte[samples.length * bytesPerSample];
        for (int i = 0; i < samples.length; i++) {
            for (int j = 0; j < bytesPerSample; j++) {
                bytes[i * bytesPerSample + j] = (byte) (samples[i] >> (8 * j));
            }
        }
        return bytes;
    }
}
