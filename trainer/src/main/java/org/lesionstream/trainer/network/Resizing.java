package org.lesionstream.trainer.network;

/**
 * Ways to give an image another size. All are linear and work on rows and columns apart, so each is a matrix for a line of pixels.
 */
public enum Resizing {
    /** Bilinear, the corner pixels of both sizes on top of each other: pixel i looks at i (from - 1) / (to - 1). */
    BILINEAR_ALIGNED {
        @Override
        void write(float[] row, int i, int from, int to) {
            mix(row, to == 1 ? 0 : (double) i * (from - 1) / (to - 1));
        }
    },
    /** Bilinear, the outlines of both sizes on top of each other: pixel i looks at (i + 1/2) from / to - 1/2, not below 0. */
    BILINEAR {
        @Override
        void write(float[] row, int i, int from, int to) {
            mix(row, Math.max(0, (i + 0.5) * from / to - 0.5));
        }
    },
    /** Pixel i is pixel floor(i from / to). */
    NEAREST {
        @Override
        void write(float[] row, int i, int from, int to) {
            row[(int) ((long) i * from / to)] = 1;
        }
    },
    /** Pixel i is the mean of pixels floor(i from / to) to ceil((i + 1) from / to) - 1. */
    AVERAGE {
        @Override
        void write(float[] row, int i, int from, int to) {
            int first = (int) ((long) i * from / to);
            int end = (int) (((long) (i + 1) * from + to - 1) / to);
            for (int pixel = first; pixel < end; pixel++) {
                row[pixel] = 1f / (end - first);
            }
        }
    };

    /** Weights of the pixels of a line for pixel {@code i} of the new line. */
    abstract void write(float[] row, int i, int from, int to);

    /** The matrix {@code [to, from]}, row by row. */
    final float[] matrix(int from, int to) {
        float[] matrix = new float[Math.multiplyExact(from, to)];
        float[] row = new float[from];
        for (int i = 0; i < to; i++) {
            java.util.Arrays.fill(row, 0);
            write(row, i, from, to);
            System.arraycopy(row, 0, matrix, i * from, from);
        }
        return matrix;
    }

    private static void mix(float[] row, double place) {
        int before = (int) place;
        int after = Math.min(before + 1, row.length - 1);
        row[before] += (float) (1 - (place - before));
        row[after] += (float) (place - before);
    }
}
