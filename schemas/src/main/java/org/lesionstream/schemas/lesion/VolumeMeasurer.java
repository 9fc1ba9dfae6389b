package org.lesionstream.schemas.lesion;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lesionstream.schemas.image.LabelMask;
import org.lesionstream.schemas.image.PixelSpacing;
import org.lesionstream.schemas.image.VoxelSpacing;

/**
 * Joins and measures the lesions of a volume, slice by slice: the regions of each slice are joined with those of the slices before by union-find.
 *
 * <ul>
 *   <li>Slices ascend; one that is missing is a gap, which nothing is joined across except by a merge distance.
 *   <li>In memory are the runs of the slices that can still be joined to, and of every region of a slice its sums and hulls.
 *   <li>Confined to one thread.
 * </ul>
 */
public final class VolumeMeasurer {

    /** The runs of an earlier slice, and which node each of its regions is. */
    private record Kept(int slice, Labelling labelling, int firstNode) {}

    private final int slices;
    private final int height;
    private final int width;
    private final LesionRules rules;
    private final Optional<VoxelSpacing> spacing;
    private final VolumeNeighbourhood neighbourhood;
    private final List<SliceRegion> nodes = new ArrayList<>();
    private final List<Integer> parents = new ArrayList<>();
    private final ArrayDeque<Kept> kept = new ArrayDeque<>();

    /** A volume of so many slices, after the rules of a checkpoint. */
    public VolumeMeasurer(int slices, int height, int width, LesionRules rules, Optional<VoxelSpacing> spacing) {
        this(slices, height, width, rules, spacing, VolumeNeighbourhood.of(rules, spacing));
    }

    /** A volume whose regions are those of a neighbourhood, without any rule. */
    public VolumeMeasurer(
            int slices, int height, int width, VolumeNeighbourhood neighbourhood, Optional<VoxelSpacing> spacing) {
        this(slices, height, width, LesionRules.ALL, spacing, neighbourhood);
    }

    private VolumeMeasurer(
            int slices,
            int height,
            int width,
            LesionRules rules,
            Optional<VoxelSpacing> spacing,
            VolumeNeighbourhood neighbourhood) {
        this.slices = slices;
        this.height = height;
        this.width = width;
        this.rules = rules.ofVolume(spacing);
        this.spacing = spacing;
        this.neighbourhood = neighbourhood;
    }

    /**
     * Takes the next slice.
     *
     * @param slice counted from 0; higher than the one before
     * @throws IllegalArgumentException if it is not, or if the mask has another size
     */
    public void add(int slice, LabelMask mask) {
        if (slice < 0
                || slice >= slices
                || (!kept.isEmpty() && slice <= kept.getLast().slice())) {
            throw new IllegalArgumentException("slices must ascend below " + slices + ", was " + slice);
        }
        if (mask.height() != height || mask.width() != width) {
            throw new IllegalArgumentException("masks must be " + height + "x" + width + ", was " + mask);
        }
        Labelling labelling = ConnectedComponents.label(rules.filled(mask), neighbourhood.slice());
        Kept current = new Kept(slice, labelling, nodes.size());
        for (Region region : labelling.regions()) {
            parents.add(nodes.size());
            nodes.add(SliceRegion.of(slice, region));
        }
        while (!kept.isEmpty() && slice - kept.getFirst().slice() > neighbourhood.slices()) {
            kept.removeFirst();
        }
        kept.forEach(before -> join(before, current));
        kept.addLast(current);
    }

    /** The regions of the slices so far, before the smallest size is applied, by ascending label and first voxel in raster order. */
    public List<VolumeRegion> regions() {
        Map<Integer, List<SliceRegion>> byRoot = new LinkedHashMap<>();
        for (int node = 0; node < nodes.size(); node++) {
            byRoot.computeIfAbsent(root(node), root -> new ArrayList<>()).add(nodes.get(node));
        }
        return byRoot.values().stream()
                .map(VolumeRegion::new)
                .sorted(Comparator.comparingInt(VolumeRegion::label)
                        .thenComparingInt(VolumeRegion::firstSlice)
                        .thenComparingInt(VolumeRegion::firstRow)
                        .thenComparingInt(VolumeRegion::firstColumn))
                .toList();
    }

    /** The lesions of the slices so far, after all rules. */
    public List<VolumeLesion> lesions() {
        double voxel = spacing.map(VoxelSpacing::voxelCubicMillimetres).orElse(1.0);
        double smallest = rules.smallestVolumeCubicMillimetres().orElse(0.0) * (1 - 1e-12);
        List<VolumeLesion> lesions = new ArrayList<>();
        for (VolumeRegion region : regions()) {
            if (region.voxels() * voxel >= smallest) {
                lesions.add(lesion(lesions.size() + 1, region));
            }
        }
        return lesions;
    }

    private VolumeLesion lesion(int index, VolumeRegion region) {
        VolumeSums sums = VolumeSums.of(region.parts());
        Optional<Double> volume = spacing.map(known -> sums.voxels() * known.voxelCubicMillimetres());
        Optional<PixelSpacing> pixel = spacing.map(VoxelSpacing::pixel);
        return new VolumeLesion(
                index,
                region.label(),
                sums.voxels(),
                volume,
                sums.centroidSlice(),
                sums.centroidRow(),
                sums.centroidColumn(),
                sums.minSlice(),
                sums.minRow(),
                sums.minColumn(),
                sums.maxSlice(),
                sums.maxRow(),
                sums.maxColumn(),
                sums.minSlice() == 0
                        || sums.minRow() == 0
                        || sums.minColumn() == 0
                        || sums.maxSlice() == slices
                        || sums.maxRow() == height
                        || sums.maxColumn() == width,
                sums.slices(),
                sums.largestSlice(),
                sums.largestArea(),
                pixel.map(known -> sums.largestArea() * known.pixelSquareMillimetres()),
                volume.map(known -> Math.cbrt(6 * known / Math.PI)),
                region.cornerDiameter(1, 1, 1).longest(),
                spacing.map(known -> region.cornerDiameter(
                                known.sliceMillimetres(),
                                known.pixel().rowMillimetres(),
                                known.pixel().columnMillimetres())
                        .longest()));
    }

    private void join(Kept before, Kept current) {
        int[] columns = neighbourhood.across(current.slice() - before.slice());
        for (int row = 0; row < height; row++) {
            for (int other = Math.max(0, row - columns.length + 1);
                    other <= Math.min(height - 1, row + columns.length - 1);
                    other++) {
                join(before, other, current, row, columns[Math.abs(other - row)]);
            }
        }
    }

    /** As runs of one slice are joined, but through the regions that they are in. */
    private void join(Kept before, int beforeRow, Kept current, int row, int step) {
        RunList earlier = before.labelling().runs();
        RunList runs = current.labelling().runs();
        int candidate = before.labelling().firstOfRow()[beforeRow];
        int end = before.labelling().firstOfRow()[beforeRow + 1];
        for (int run = current.labelling().firstOfRow()[row];
                run < current.labelling().firstOfRow()[row + 1];
                run++) {
            while (candidate < end && earlier.end(candidate) - 1 + step < runs.start(run)) {
                candidate++;
            }
            for (int other = candidate; other < end && earlier.start(other) < runs.end(run) + step; other++) {
                if (earlier.label(other) == runs.label(run)) {
                    union(
                            before.firstNode() + before.labelling().regionOfRun()[other],
                            current.firstNode() + current.labelling().regionOfRun()[run]);
                }
            }
        }
    }

    private void union(int one, int other) {
        int first = root(one);
        int second = root(other);
        parents.set(Math.max(first, second), Math.min(first, second));
    }

    private int root(int node) {
        int at = node;
        while (parents.get(at) != at) {
            parents.set(at, parents.get(parents.get(at)));
            at = parents.get(at);
        }
        return at;
    }
}
