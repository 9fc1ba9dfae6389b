package org.lesionstream.trainer.metric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.lesionstream.schemas.image.LabelMask;
import org.lesionstream.schemas.lesion.ConnectedComponents;
import org.lesionstream.schemas.lesion.Region;

/**
 * When a lesion counts as found: a lesion is an 8-connected region of one label, and a pair of a true and a predicted one matches when their intersection over
 * union is at least {@code leastOverlap}. A true lesion is found when it matches any predicted one, and a predicted one is right when it matches any true one.
 *
 * <ul>
 *   <li>A lesion that the prediction splits is found once, and each part that matches is right; two that the prediction merges are both found by one.
 *   <li>Above 0.5 at most one lesion matches another, so pairs are unique there.
 *   <li>Regions are those of the masks as they are, before any lesion rule of a checkpoint.
 * </ul>
 *
 * @param leastOverlap 0 to 1; 0 asks for one common pixel
 */
public record LesionMatching(double leastOverlap) {

    /** One common pixel is enough: whether a reader's eye is led to the lesion, not how well it is outlined. */
    public static final LesionMatching ANY_OVERLAP = new LesionMatching(0);

    public LesionMatching {
        if (!(leastOverlap >= 0 && leastOverlap <= 1)) {
            throw new IllegalArgumentException("leastOverlap must be from 0 to 1, was " + leastOverlap);
        }
    }

    /**
     * Counts the lesions of two masks of one size.
     *
     * @param labels how many labels exist, background included
     * @return one for each foreground label, label 1 first
     */
    public List<LesionCounts> counts(LabelMask predicted, LabelMask truth, int labels) {
        List<Region> theirs = ConnectedComponents.of(truth);
        List<Region> ours = ConnectedComponents.of(predicted);
        int[] regionAt = painted(theirs, truth);
        BitSet found = new BitSet();
        BitSet right = new BitSet();
        for (int own = 0; own < ours.size(); own++) {
            Region region = ours.get(own);
            for (Map.Entry<Integer, Long> shared :
                    shared(region, regionAt, predicted.width()).entrySet()) {
                Region other = theirs.get(shared.getKey());
                if (other.label() == region.label() && matches(region, other, shared.getValue())) {
                    found.set(shared.getKey());
                    right.set(own);
                }
            }
        }
        List<LesionCounts> counts = new ArrayList<>(Collections.nCopies(labels - 1, LesionCounts.NONE));
        for (int index = 0; index < theirs.size(); index++) {
            add(counts, theirs.get(index), new LesionCounts(1, found.get(index) ? 1 : 0, 0, 0));
        }
        for (int index = 0; index < ours.size(); index++) {
            add(counts, ours.get(index), new LesionCounts(0, 0, 1, right.get(index) ? 1 : 0));
        }
        return counts;
    }

    private boolean matches(Region one, Region other, long shared) {
        return (double) shared / (one.area() + other.area() - shared) >= leastOverlap;
    }

    private static void add(List<LesionCounts> counts, Region region, LesionCounts one) {
        counts.set(region.label() - 1, counts.get(region.label() - 1).plus(one));
    }

    /** For every pixel the number of its region, counted from 1. */
    private static int[] painted(List<Region> regions, LabelMask mask) {
        int[] regionAt = new int[mask.height() * mask.width()];
        for (int index = 0; index < regions.size(); index++) {
            Region region = regions.get(index);
            for (int run = 0; run < region.runs(); run++) {
                int start = region.row(run) * mask.width();
                Arrays.fill(regionAt, start + region.start(run), start + region.end(run), index + 1);
            }
        }
        return regionAt;
    }

    /** How many pixels a region has in common with others, by their position in the list. */
    private static Map<Integer, Long> shared(Region region, int[] regionAt, int width) {
        Map<Integer, Long> shared = new HashMap<>();
        for (int run = 0; run < region.runs(); run++) {
            for (int column = region.start(run); column < region.end(run); column++) {
                int other = regionAt[region.row(run) * width + column];
                if (other > 0) {
                    shared.merge(other - 1, 1L, Long::sum);
                }
            }
        }
        return shared;
    }
}
