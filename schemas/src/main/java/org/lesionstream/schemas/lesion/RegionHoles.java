package org.lesionstream.schemas.lesion;

import java.util.ArrayList;
import java.util.List;

/**
 * The pixels in the holes of a region, as runs: what is not the region, connected by edges, and does not reach the ring around its bounding box.
 */
final class RegionHoles {

    private final List<int[]> runs = new ArrayList<>(); // row, start, end

    private RegionHoles() {}

    static RegionHoles of(Region region, RegionMoments box) {
        RunList outside = new RunList();
        int rows = box.maxRow() - box.minRow();
        int[] firstOfRow = new int[rows + 3];
        int left = box.minColumn() - 1;
        int right = box.maxColumn() + 1;
        outside.add(0, box.minRow() - 1, left, right);
        int run = 0;
        for (int r = 0; r < rows; r++) {
            firstOfRow[r + 1] = outside.size();
            int from = left;
            for (; run < region.runs() && region.row(run) == box.minRow() + r; run++) {
                outside.add(0, box.minRow() + r, from, region.start(run));
                from = region.end(run);
            }
            outside.add(0, box.minRow() + r, from, right);
        }
        firstOfRow[rows + 1] = outside.size();
        outside.add(0, box.maxRow(), left, right);
        firstOfRow[rows + 2] = outside.size();
        for (int r = 1; r < rows + 2; r++) {
            outside.join(firstOfRow[r - 1], firstOfRow[r], firstOfRow[r], firstOfRow[r + 1], 0);
        }
        RegionHoles holes = new RegionHoles();
        for (int i = 0; i < outside.size(); i++) {
            if (outside.root(i) != 0) { // the first run is the ring
                holes.runs.add(new int[] {outside.row(i), outside.start(i), outside.end(i)});
            }
        }
        return holes;
    }

    long area() {
        return runs.stream().mapToLong(run -> run[2] - run[1]).sum();
    }

    /** Writes the label where a hole is background in {@code raw}. */
    void fill(byte[] raw, byte[] filled, int width, byte label) {
        for (int[] run : runs) {
            for (int i = run[0] * width + run[1]; i < run[0] * width + run[2]; i++) {
                if (raw[i] == 0) {
                    filled[i] = label;
                }
            }
        }
    }
}
