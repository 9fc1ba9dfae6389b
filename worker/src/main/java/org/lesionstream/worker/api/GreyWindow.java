package org.lesionstream.worker.api;

import org.lesionstream.schemas.image.PixelGrid;
import org.lesionstream.schemas.image.SampleType;

/**
 * Which samples of a picture are black and white on a screen: of 8 bits 0 and 255, of 16 bits the 1st and the 99th percentile of the
 * picture, since its samples seldom fill their range.
 */
record GreyWindow(int black, int white) {
    private static final int VALUES = 1 << 16;

    static GreyWindow of(PixelGrid picture) {
        if (picture.type() == SampleType.UINT8) {
            return new GreyWindow(0, 255);
        }
        long[] counts = new long[VALUES];
        for (int row = 0; row < picture.height(); row++) {
            for (int column = 0; column < picture.width(); column++) {
                for (int channel = 0; channel < picture.channels(); channel++) {
                    counts[picture.sample(row, column, channel) - Short.MIN_VALUE]++;
                }
            }
        }
        long samples = (long) picture.height() * picture.width() * picture.channels();
        return new GreyWindow(ranked(counts, samples / 100), ranked(counts, samples - 1 - samples / 100));
    }

    /** From 0 to 255. */
    int eightBits(int sample) {
        if (sample <= black) {
            return 0;
        }
        return sample >= white ? 255 : (int) ((long) (sample - black) * 255 / (white - black));
    }

    /** The sample at that place of the sorted samples, counted from 0. */
    private static int ranked(long[] counts, long rank) {
        long below = 0;
        int value = 0;
        while (below + counts[value] <= rank) {
            below += counts[value++];
        }
        return value + Short.MIN_VALUE;
    }
}
