package org.lesionstream.trainer.metric;

import java.util.Arrays;
import java.util.Optional;
import org.lesionstream.schemas.image.LabelMask;
import org.lesionstream.schemas.image.PixelSpacing;

/**
 * How far the outline of one mask is from that of another: for every surface pixel of each the distance to the nearest surface pixel of the other, both sets
 * joined.
 *
 * <ul>
 *   <li>A surface pixel carries the label and has one of its 4 edge neighbours without it; outside of the picture nothing carries it.
 *   <li>Distances run from centre to centre, in millimetres where the spacing is known, else in pixels.
 *   <li>There are none where a mask lacks the label: an outline that is not there is at no distance.
 * </ul>
 */
public final class SurfaceDistances {
    private final double[] sorted;

    private SurfaceDistances(double[] sorted) {
        this.sorted = sorted;
    }

    /**
     * Measures two masks of one size.
     *
     * @param spacing of the pixels; when absent, distances are in pixels
     * @return absent when one of the masks lacks the label
     */
    public static Optional<SurfaceDistances> between(
            LabelMask predicted, LabelMask truth, int label, Optional<PixelSpacing> spacing) {
        LabelBox ours = LabelBox.of(predicted, label);
        LabelBox theirs = LabelBox.of(truth, label);
        if (ours.isEmpty() || theirs.isEmpty()) {
            return Optional.empty();
        }
        LabelBox box = ours.and(theirs);
        boolean[] ourSurface = box.surface(predicted, label);
        boolean[] theirSurface = box.surface(truth, label);
        EuclideanDistances distances = new EuclideanDistances(
                box.height(),
                box.width(),
                spacing.map(PixelSpacing::rowMillimetres).orElse(1.0),
                spacing.map(PixelSpacing::columnMillimetres).orElse(1.0));
        double[] joined =
                Arrays.copyOf(at(ourSurface, distances.squared(theirSurface)), count(ourSurface) + count(theirSurface));
        double[] back = at(theirSurface, distances.squared(ourSurface));
        System.arraycopy(back, 0, joined, joined.length - back.length, back.length);
        Arrays.sort(joined);
        return Optional.of(new SurfaceDistances(joined));
    }

    /** The largest of them: the Hausdorff distance. */
    public double hausdorff() {
        return sorted[sorted.length - 1];
    }

    /** The 95th percentile of them (HD95), interpolated linearly between ranks, so that one stray pixel does not decide. */
    public double hausdorff95() {
        return Percentile.of(sorted, 95);
    }

    private static double[] at(boolean[] surface, double[] squared) {
        double[] distances = new double[count(surface)];
        int next = 0;
        for (int pixel = 0; pixel < surface.length; pixel++) {
            if (surface[pixel]) {
                distances[next++] = Math.sqrt(squared[pixel]);
            }
        }
        return distances;
    }

    private static int count(boolean[] surface) {
        int count = 0;
        for (boolean on : surface) {
            count += on ? 1 : 0;
        }
        return count;
    }
}
