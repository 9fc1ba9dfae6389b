package org.lesionstream.schemas.lesion;

/**
 * One region: its label and its pixels as runs along rows, in raster order. Immutable; the runs of all regions of a mask share one array.
 */
public final class Region {

    private final int label;
    private final int[] runs; // row, start, end of each run
    private final int first;
    private final int count;
    private final boolean merged;

    /** @param merged whether its parts need not touch */
    Region(int label, int[] runs, int first, int count, boolean merged) {
        this.label = label;
        this.runs = runs;
        this.first = first;
        this.count = count;
        this.merged = merged;
    }

    /** 1 to 255. */
    public int label() {
        return label;
    }

    /** Number of runs, at least one. */
    public int runs() {
        return count;
    }

    public int row(int run) {
        return runs[3 * (first + run)];
    }

    /** First column of a run. */
    public int start(int run) {
        return runs[3 * (first + run) + 1];
    }

    /** Column after the last one of a run. */
    public int end(int run) {
        return runs[3 * (first + run) + 2];
    }

    /** Number of pixels. */
    public long area() {
        long area = 0;
        for (int run = 0; run < count; run++) {
            area += end(run) - start(run);
        }
        return area;
    }

    /** Whether it may consist of parts that do not touch. */
    boolean merged() {
        return merged;
    }
}
