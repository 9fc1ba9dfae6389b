package org.lesionstream.schemas.lesion;

import java.util.Optional;
import org.lesionstream.schemas.image.PixelSpacing;
import org.lesionstream.schemas.image.VoxelSpacing;

/** Which voxels of one class belong to one region: within a slice, and across slices by distance of slices, rows and columns. */
public final class VolumeNeighbourhood {

    /** Face neighbours. */
    public static final VolumeNeighbourhood SIX = new VolumeNeighbourhood(Neighbourhood.FOUR, new int[][] {{0}});

    /** Face and edge neighbours. */
    public static final VolumeNeighbourhood EIGHTEEN =
            new VolumeNeighbourhood(Neighbourhood.EIGHT, new int[][] {{1, 0}});

    /** Face, edge and corner neighbours. */
    public static final VolumeNeighbourhood TWENTY_SIX =
            new VolumeNeighbourhood(Neighbourhood.EIGHT, new int[][] {{1, 1}});

    private final Neighbourhood slice;
    private final int[][] across; // by slices - 1 and rows: the largest distance of columns that joins

    private VolumeNeighbourhood(Neighbourhood slice, int[][] across) {
        this.slice = slice;
        this.across = across;
    }

    /** What the merge distance of some rules joins, and the 26 neighbours in any case. */
    static VolumeNeighbourhood of(LesionRules rules, Optional<VoxelSpacing> spacing) {
        LesionRules applied = rules.ofVolume(spacing);
        Optional<PixelSpacing> pixel = spacing.map(VoxelSpacing::pixel);
        if (applied.mergeDistanceMillimetres().isEmpty()) {
            return new VolumeNeighbourhood(applied.neighbourhood(pixel), TWENTY_SIX.across);
        }
        double distance = applied.mergeDistanceMillimetres().get();
        double slices = spacing.orElseThrow().sliceMillimetres();
        int[][] across = new int[Math.max(1, (int) Math.min(1000, Math.floor(distance / slices * (1 + 1e-9))))][];
        for (int dz = 1; dz <= across.length; dz++) {
            double left = Math.sqrt(Math.max(0, distance * distance - dz * slices * dz * slices));
            int[] steps = distance * (1 + 1e-9) < dz * slices
                    ? new int[] {1, 1}
                    : Neighbourhood.steps(
                            left,
                            pixel.orElseThrow().rowMillimetres(),
                            pixel.orElseThrow().columnMillimetres());
            across[dz - 1] = dz == 1 ? Neighbourhood.withNeighbours(steps) : steps;
        }
        return new VolumeNeighbourhood(applied.neighbourhood(pixel), across);
    }

    /** Within one slice. */
    Neighbourhood slice() {
        return slice;
    }

    /** How many slices before one matter. */
    int slices() {
        return across.length;
    }

    /** By distance of rows, the largest distance of columns that joins across so many slices. */
    int[] across(int slices) {
        return across[slices - 1];
    }
}
