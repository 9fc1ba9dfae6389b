package org.lesionstream.schemas.image;

/**
 * Distance in millimetres between the centres of neighbouring voxels of a stack of slices.
 *
 * @param sliceMillimetres from one slice to the next
 * @param pixel within a slice
 */
public record VoxelSpacing(double sliceMillimetres, PixelSpacing pixel) {

    public VoxelSpacing {
        if (!(sliceMillimetres > 0) || Double.isInfinite(sliceMillimetres)) {
            throw new IllegalArgumentException("sliceMillimetres must be positive and finite, was " + sliceMillimetres);
        }
    }

    /** Volume that one voxel covers. */
    public double voxelCubicMillimetres() {
        return sliceMillimetres * pixel.pixelSquareMillimetres();
    }
}
