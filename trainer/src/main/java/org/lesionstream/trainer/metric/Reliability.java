package org.lesionstream.trainer.metric;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.IntPredicate;
import org.lesionstream.schemas.image.LabelMask;
import org.lesionstream.schemas.image.Segmentation;

/**
 * Whether a network is as often right as it says: pixels sorted into ten bins by the confidence of their decided label, with the share of right ones in each.
 *
 * <p>Confidence is the stored byte over 255, and bin b holds confidences from b / 10 up to below (b + 1) / 10, the last one 1 as well. A perfectly calibrated
 * network has a share equal to the mean confidence in every bin.
 *
 * @param bins ten, from the least confident
 */
public record Reliability(List<Bin> bins) {

    /** How many bins there are. */
    public static final int BINS = 10;

    private static final int BYTES = 256;
    private static final int CERTAIN = 255;

    /** Of no pixel; the start of a sum. */
    public static final Reliability NONE = new Reliability(Collections.nCopies(BINS, new Bin(0, 0, 0)));

    public Reliability {
        bins = List.copyOf(bins);
        if (bins.size() != BINS) {
            throw new IllegalArgumentException("bins must be " + BINS + ", were " + bins.size());
        }
    }

    /**
     * The pixels of one bin.
     *
     * @param pixels how many
     * @param right how many of them carry the label of the truth
     * @param confidenceBytes sum of their confidence bytes
     */
    public record Bin(long pixels, long right, long confidenceBytes) {

        public Bin {
            if (pixels < 0 || right < 0 || right > pixels || confidenceBytes < 0) {
                throw new IllegalArgumentException("right must be from 0 to pixels, was %d of %d with bytes %d"
                        .formatted(right, pixels, confidenceBytes));
            }
        }

        /** Share of right pixels; absent in an empty bin. */
        public OptionalDouble accuracy() {
            return Ratio.of(right, pixels);
        }

        /** Mean confidence, 0 to 1; absent in an empty bin. */
        public OptionalDouble confidence() {
            return Ratio.of(confidenceBytes, CERTAIN * pixels);
        }
    }

    /**
     * Of one picture.
     *
     * @param decided which decided labels take part
     * @throws IllegalArgumentException when the masks differ in size
     */
    public static Reliability of(Segmentation predicted, LabelMask truth, IntPredicate decided) {
        byte[] labels = predicted.mask().labels();
        byte[] confidence = predicted.confidence();
        byte[] wanted = truth.labels();
        if (labels.length != wanted.length) {
            throw new IllegalArgumentException(
                    "masks must have one size, were %s and %s".formatted(predicted.mask(), truth));
        }
        long[] pixels = new long[BYTES];
        long[] right = new long[BYTES];
        for (int pixel = 0; pixel < labels.length; pixel++) {
            if (decided.test(labels[pixel] & 0xff)) {
                int level = confidence[pixel] & 0xff;
                pixels[level]++;
                right[level] += labels[pixel] == wanted[pixel] ? 1 : 0;
            }
        }
        return binned(pixels, right);
    }

    private static Reliability binned(long[] pixels, long[] right) {
        long[][] sums = new long[BINS][3];
        for (int level = 0; level < BYTES; level++) {
            long[] bin = sums[Math.min(BINS - 1, level * BINS / CERTAIN)];
            bin[0] += pixels[level];
            bin[1] += right[level];
            bin[2] += level * pixels[level];
        }
        List<Bin> bins = new ArrayList<>();
        for (long[] sum : sums) {
            bins.add(new Bin(sum[0], sum[1], sum[2]));
        }
        return new Reliability(bins);
    }

    /** Of two pictures together. */
    public Reliability plus(Reliability other) {
        List<Bin> sum = new ArrayList<>();
        for (int bin = 0; bin < BINS; bin++) {
            Bin one = bins.get(bin);
            Bin two = other.bins.get(bin);
            sum.add(new Bin(one.pixels + two.pixels, one.right + two.right, one.confidenceBytes + two.confidenceBytes));
        }
        return new Reliability(sum);
    }

    /** All pixels. */
    public long pixels() {
        return bins.stream().mapToLong(Bin::pixels).sum();
    }

    /**
     * The expected calibration error: mean over the pixels of {@code |accuracy - confidence|} of their bin (Naeini, Cooper and Hauskrecht 2015); absent without
     * pixels.
     */
    public OptionalDouble expectedCalibrationError() {
        long pixels = pixels();
        if (pixels == 0) {
            return OptionalDouble.empty();
        }
        double sum = 0;
        for (Bin bin : bins) {
            sum += Math.abs(bin.right - (double) bin.confidenceBytes / CERTAIN); // pixels times |accuracy - confidence|
        }
        return OptionalDouble.of(sum / pixels);
    }
}
