package org.lesionstream.schemas.image;

import java.util.Optional;

/**
 * Bilinear interpolation with half-pixel centres (align_corners = false), without smoothing when it shrinks: output centre i of m lies at
 * (i + 0.5) n / m - 0.5 of n input pixels, clamped to the outermost centres.
 */
final class Bilinear {

    private final int[] lower;
    private final int[] upper;
    private final float[] weight; // of upper

    private Bilinear(int from, int to) {
        lower = new int[to];
        upper = new int[to];
        weight = new float[to];
        for (int i = 0; i < to; i++) {
            double at = Math.min(from - 1.0, Math.max(0, (i + 0.5) * from / to - 0.5));
            lower[i] = (int) at;
            upper[i] = Math.min(from - 1, lower[i] + 1);
            weight[i] = (float) (at - lower[i]);
        }
    }

    /** The picture at another size, rounded to its sample type; its spacing is no longer known then. */
    static PixelGrid resize(PixelGrid source, int height, int width) {
        if (source.height() == height && source.width() == width) {
            return source;
        }
        byte[] to = new byte[Math.multiplyExact(Math.multiplyExact(height, width), source.bytesPerPixel())];
        int[] row = {0};
        int length = width * source.channels();
        rows(
                source.samples(),
                0,
                source.type(),
                source.height(),
                source.width(),
                source.channels(),
                height,
                width,
                line -> {
                    int start = row[0]++ * length;
                    for (int i = 0; i < length; i++) {
                        int value = (int) Math.floor(line[i] + 0.5f);
                        if (source.type() == SampleType.UINT8) {
                            to[start + i] = (byte) value;
                        } else {
                            Samples.int16(to, start + i, value);
                        }
                    }
                });
        return new PixelGrid(height, width, source.channels(), source.type(), source.rescale(), to, Optional.empty());
    }

    /** Takes the interpolated rows one after the other; the array is reused. */
    interface RowSink {
        void row(float[] values);
    }

    /** Interpolates interleaved samples that begin at sample {@code offset} and hands out one row after the other. */
    static void rows(
            byte[] samples,
            int offset,
            SampleType type,
            int fromHeight,
            int fromWidth,
            int channels,
            int toHeight,
            int toWidth,
            RowSink sink) {
        Bilinear down = new Bilinear(fromHeight, toHeight);
        Bilinear across = new Bilinear(fromWidth, toWidth);
        float[] above = new float[toWidth * channels];
        float[] below = new float[toWidth * channels];
        float[] mixed = new float[toWidth * channels];
        int aboveRow = -1;
        int belowRow = -1;
        for (int r = 0; r < toHeight; r++) {
            if (aboveRow != down.lower[r]) {
                if (belowRow == down.lower[r]) {
                    float[] swap = above;
                    above = below;
                    below = swap;
                    belowRow = aboveRow;
                } else {
                    across.stretch(samples, offset + down.lower[r] * fromWidth * channels, type, channels, above);
                }
                aboveRow = down.lower[r];
            }
            if (belowRow != down.upper[r]) {
                across.stretch(samples, offset + down.upper[r] * fromWidth * channels, type, channels, below);
                belowRow = down.upper[r];
            }
            float share = down.weight[r];
            for (int i = 0; i < mixed.length; i++) {
                mixed[i] = above[i] + (below[i] - above[i]) * share;
            }
            sink.row(mixed);
        }
    }

    /** Interpolates one row that begins at sample {@code start}. */
    private void stretch(byte[] samples, int start, SampleType type, int channels, float[] to) {
        int i = 0;
        for (int c = 0; c < weight.length; c++) {
            int left = start + lower[c] * channels;
            int right = start + upper[c] * channels;
            for (int k = 0; k < channels; k++) {
                float a = value(samples, left + k, type);
                float b = value(samples, right + k, type);
                to[i++] = a + (b - a) * weight[c];
            }
        }
    }

    private static float value(byte[] samples, int index, SampleType type) {
        return type == SampleType.UINT8 ? samples[index] & 0xff : Samples.int16(samples, index);
    }
}
