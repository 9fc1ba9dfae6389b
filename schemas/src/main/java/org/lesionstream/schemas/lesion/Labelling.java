package org.lesionstream.schemas.lesion;

import java.util.ArrayList;
import java.util.List;

/**
 * The runs of a mask in raster order, where each row begins, and which region each run is in.
 *
 * @param firstOfRow first run of every row, and the number of runs behind the last
 * @param regionOfRun position of a run's region in {@code regions}
 * @param regions by ascending label and first pixel
 */
@SuppressWarnings("ArrayRecordComponent") // made once, read by the volume code and never compared
record Labelling(RunList runs, int[] firstOfRow, int[] regionOfRun, List<Region> regions) {

    /** Sorts joined runs by region, keeping raster order inside each, and the regions by label. */
    static Labelling of(RunList runs, int[] firstOfRow, boolean merged) {
        int[] regionsOfLabel = new int[256];
        int[] runsOfRoot = new int[runs.size()];
        int[] rootOfRun = new int[runs.size()];
        for (int run = 0; run < runs.size(); run++) {
            int root = runs.root(run);
            rootOfRun[run] = root;
            if (runsOfRoot[root]++ == 0) {
                regionsOfLabel[runs.label(root)]++;
            }
        }
        int[] roots = rootsByLabel(runs, regionsOfLabel, runsOfRoot);
        int[] regionOfRoot = new int[runs.size()];
        int[] next = new int[runs.size()]; // where the next run of a root goes
        int position = 0;
        for (int region = 0; region < roots.length; region++) {
            regionOfRoot[roots[region]] = region;
            next[roots[region]] = position;
            position += runsOfRoot[roots[region]];
        }
        int[] sorted = new int[3 * runs.size()];
        int[] regionOfRun = new int[runs.size()];
        for (int run = 0; run < runs.size(); run++) {
            int root = rootOfRun[run];
            regionOfRun[run] = regionOfRoot[root];
            int at = 3 * next[root]++;
            sorted[at] = runs.row(run);
            sorted[at + 1] = runs.start(run);
            sorted[at + 2] = runs.end(run);
        }
        List<Region> regions = new ArrayList<>(roots.length);
        for (int root : roots) {
            regions.add(new Region(runs.label(root), sorted, next[root] - runsOfRoot[root], runsOfRoot[root], merged));
        }
        return new Labelling(runs, firstOfRow, regionOfRun, regions);
    }

    /** Counting sort: a root is the first run of its region, so roots in ascending order are in raster order already. */
    private static int[] rootsByLabel(RunList runs, int[] regionsOfLabel, int[] runsOfRoot) {
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
