package org.lesionstream.schemas.lesion;

import java.util.ArrayList;
import java.util.List;
import org.lesionstream.schemas.image.LabelMask;

/**
 * Finds the connected regions of a mask run by run: one pass over the pixels cuts rows into runs of one label and joins each run with the runs
 * that it touches in the row above (edge or corner, equal label) by union-find over runs.
 *
 * <ul>
 *   <li>Order: ascending label, within a label by the first pixel in raster order.
 *   <li>Cost: one look at every pixel, and a few integers per run; no object per pixel or run, no recursion.
 * </ul>
 */
public final class ConnectedComponents {

    private final RunList runs = new RunList();

    private ConnectedComponents() {}

    /** The 8-connected regions of every label above 0. */
    public static List<Region> of(LabelMask mask) {
        ConnectedComponents components = new ConnectedComponents();
        int above = 0; // first run of the row above
        for (int row = 0; row < mask.height(); row++) {
            int current = components.runs.size();
            components.cut(mask, row);
            components.join(above, current);
            above = current;
        }
        return components.regions();
    }

    /** Adds the runs of one row. */
    private void cut(LabelMask mask, int row) {
        byte[] labels = mask.labels();
        int start = row * mask.width();
        int end = start + mask.width();
        int i = start;
        while (i < end) {
            byte label = labels[i];
            int from = i++;
            while (i < end && labels[i] == label) {
                i++;
            }
            if (label != 0) {
                runs.add(label & 0xff, row, from - start, i - start);
            }
        }
    }

    /** Joins the runs from {@code current} on with those of the row above, which begin at {@code above} and end at {@code current}. */
    private void join(int above, int current) {
        int candidate = above;
        for (int run = current; run < runs.size(); run++) {
            while (candidate < current && runs.end(candidate) < runs.start(run)) {
                candidate++; // ends before even a corner could touch
            }
            for (int other = candidate; other < current && runs.start(other) <= runs.end(run); other++) {
                if (runs.label(other) == runs.label(run)) {
                    runs.union(other, run);
                }
            }
        }
    }

    /** Sorts the runs by region, keeping raster order inside each, and the regions by label. */
    private List<Region> regions() {
        int[] regionsOfLabel = new int[256];
        int[] runsOfRoot = new int[runs.size()];
        for (int run = 0; run < runs.size(); run++) {
            int root = runs.root(run);
            if (runsOfRoot[root]++ == 0) {
                regionsOfLabel[runs.label(root)]++;
            }
        }
        int[] roots = rootsByLabel(regionsOfLabel, runsOfRoot);
        int[] next = new int[runs.size()]; // where the next run of a root goes
        int position = 0;
        for (int root : roots) {
            next[root] = position;
            position += runsOfRoot[root];
        }
        int[] sorted = new int[3 * runs.size()];
        for (int run = 0; run < runs.size(); run++) {
            int at = 3 * next[runs.root(run)]++;
            sorted[at] = runs.row(run);
            sorted[at + 1] = runs.start(run);
            sorted[at + 2] = runs.end(run);
        }
        List<Region> regions = new ArrayList<>(roots.length);
        for (int root : roots) {
            regions.add(new Region(runs.label(root), sorted, next[root] - runsOfRoot[root], runsOfRoot[root]));
        }
        return regions;
    }

    /** Counting sort: a root is the first run of its region, so roots in ascending order are in raster order already. */
    private int[] rootsByLabel(int[] regionsOfLabel, int[] runsOfRoot) {
        int[] position = new int[257];
        for (int label = 0; label < 256; label++) {
            position[label + 1] = position[label] + regionsOfLabel[label];
        }
        int[] roots = new int[position[256]];
        for (int run = 0; run < runs.size(); run++) {
            if (runsOfRoot[run] > 0) {
                roots[position[runs.label(run)]++] = run;
            }
        }
        return roots;
    }
}
