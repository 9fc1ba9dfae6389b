package org.lesionstream.schemas.lesion;

/**
 * How often lines in four directions enter a region, and how many holes it has; from its runs alone.
 *
 * <p>Holes: take the runs as nodes and join every two that touch in neighbouring rows. Runs of one row never touch and no three runs touch in
 * one place, so the region has the Euler number of this graph, runs minus joints, which is also parts minus holes: holes = parts - runs + joints.
 *
 * @param horizontal number of runs along rows: pixels whose left neighbour is not in the region
 * @param vertical pixels whose upper neighbour is not
 * @param down pixels whose upper left neighbour is not: runs along the diagonals that go down to the right
 * @param up pixels whose upper right neighbour is not
 * @param holes connected parts (edge neighbours) of what is not the region that do not reach outside it
 */
public record RegionOutline(long horizontal, long vertical, long down, long up, int holes) {

    /** Follows a region row by row. */
    public static RegionOutline of(Region region) {
        long area = 0;
        long straight = 0; // pixels that continue in the row above
        long left = 0;
        long right = 0;
        long joints = 0;
        RunParts parts = region.merged() ? new RunParts(region.runs()) : null;
        int above = 0;
        for (int run = 0; run < region.runs(); run++) {
            int row = region.row(run);
            int start = region.start(run);
            int end = region.end(run);
            area += end - start;
            while (region.row(above) < row - 1 || (region.row(above) == row - 1 && region.end(above) < start)) {
                above++;
            }
            for (int other = above; region.row(other) == row - 1 && region.start(other) <= end; other++) {
                int from = region.start(other);
                int to = region.end(other);
                straight += overlap(start, end, from, to);
                left += overlap(start, end, from + 1, to + 1);
                right += overlap(start, end, from - 1, to - 1);
                joints++;
                if (parts != null) {
                    parts.union(other, run);
                }
            }
        }
        long count = parts == null ? 1 : parts.count();
        return new RegionOutline(
                region.runs(),
                area - straight,
                area - left,
                area - right,
                Math.toIntExact(count - region.runs() + joints));
    }

    /**
     * Length of the outline by Crofton's formula with four directions (Legland, Arganda-Carreras, Andrey: MorphoLibJ, Bioinformatics 2016):
     * the crossings of each direction times the distance of its lines times the sector of directions nearest to it.
     *
     * @param row distance of neighbouring rows
     * @param column distance of neighbouring columns, in the same unit as the result
     */
    public double perimeter(double row, double column) {
        double sector = Math.atan2(row, column);
        return horizontal * row * sector
                + vertical * column * (Math.PI / 2 - sector)
                + (down + up) * (row * column / Math.hypot(row, column)) * (Math.PI / 4);
    }

    private static int overlap(int start, int end, int from, int to) {
        return Math.max(0, Math.min(end, to) - Math.max(start, from));
    }

    /** Counts the touching parts of a region whose parts need not touch. */
    private static final class RunParts {
        private final int[] parent;
        private int count;

        RunParts(int runs) {
            parent = new int[runs];
            for (int i = 0; i < runs; i++) {
                parent[i] = i;
            }
            count = runs;
        }

        int count() {
            return count;
        }

        void union(int one, int other) {
            int first = root(one);
            int second = root(other);
            if (first != second) {
                parent[Math.max(first, second)] = Math.min(first, second);
                count--;
            }
        }

        private int root(int run) {
            int at = run;
            while (parent[at] != at) {
                parent[at] = parent[parent[at]];
                at = parent[at];
            }
            return at;
        }
    }
}
