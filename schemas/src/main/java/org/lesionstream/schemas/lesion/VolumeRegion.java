package org.lesionstream.schemas.lesion;

import java.util.List;
import java.util.TreeMap;

/** One region of a volume, put together from its parts in every slice. */
public final class VolumeRegion {

    private final List<SliceRegion> parts; // by slice, then first pixel

    VolumeRegion(List<SliceRegion> parts) {
        this.parts = List.copyOf(parts);
    }

    /** 1 to 255. */
    public int label() {
        return parts.get(0).label();
    }

    /** First voxel in raster order. */
    public int firstSlice() {
        return parts.get(0).slice();
    }

    public int firstRow() {
        return parts.get(0).firstRow();
    }

    public int firstColumn() {
        return parts.get(0).firstColumn();
    }

    /** Number of voxels. */
    public long voxels() {
        return parts.stream().mapToLong(part -> part.moments().area()).sum();
    }

    /** Largest distance between two corners of voxels. */
    public SpatialDiameter cornerDiameter(double slice, double row, double column) {
        TreeMap<Integer, ConvexHull> planes = new TreeMap<>();
        for (SliceRegion part : parts) { // a voxel has a corner at either face
            planes.merge(part.slice(), part.corners(), ConvexHull::with);
            planes.merge(part.slice() + 1, part.corners(), ConvexHull::with);
        }
        return SpatialDiameter.of(planes, slice, row, column);
    }

    /** Largest distance between two centres of voxels. */
    public SpatialDiameter centreDiameter(double slice, double row, double column) {
        TreeMap<Integer, ConvexHull> planes = new TreeMap<>();
        parts.forEach(part -> planes.merge(part.slice(), part.centres(), ConvexHull::with));
        return SpatialDiameter.of(planes, slice, row, column);
    }

    List<SliceRegion> parts() {
        return parts;
    }
}
