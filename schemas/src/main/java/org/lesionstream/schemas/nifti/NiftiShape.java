package org.lesionstream.schemas.nifti;

import org.lesionstream.schemas.image.DecodeLimits;
import org.lesionstream.schemas.image.ImageRefusedException;
import org.lesionstream.schemas.image.ImageRefusedException.Reason;

/**
 * How many voxels there are along each axis.
 *
 * @param columns along the first axis of the file, whose neighbours lie side by side in it
 * @param rows along the second
 * @param slices along the third
 * @param volumes along the fourth, which is mostly time
 */
public record NiftiShape(int columns, int rows, int slices, int volumes) {

    private static final int AXES = 7;
    private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 16;

    /** Reads the shape and refuses one that the limits do not allow, by comparison and without an overflow. */
    static NiftiShape of(HeaderFields header, VoxelType type, DecodeLimits limits) {
        long axes = header.dimension(0);
        if (axes < 1 || axes > AXES) {
            throw Refusal.damaged("NIfTI of " + axes + " axes");
        }
        long[] lengths = new long[AXES + 1];
        for (int axis = 1; axis <= AXES; axis++) {
            lengths[axis] = axis <= axes ? header.dimension(axis) : 1;
            if (lengths[axis] < 1) {
                throw Refusal.damaged("NIfTI axis " + axis + " of length " + lengths[axis]);
            }
            if (axis > 4 && lengths[axis] > 1) {
                throw Refusal.unsupported("NIfTI with more than one value at a place and time");
            }
        }
        limits.checkPixels(lengths[1], lengths[2]);
        if (lengths[3] > Integer.MAX_VALUE / lengths[4]) {
            throw new ImageRefusedException(Reason.TOO_MANY_PIXELS, lengths[3] + " slices at " + lengths[4] + " times");
        }
        long bytes = lengths[1] * lengths[2] * (lengths[3] * lengths[4]) * type.bytes(); // below 2^29 * 2^31 * 8
        if (bytes > Math.min(limits.maxBytes(), LARGEST_ARRAY)) {
            throw new ImageRefusedException(Reason.TOO_MANY_BYTES, bytes + " of voxels, of " + limits.maxBytes());
        }
        return new NiftiShape((int) lengths[1], (int) lengths[2], (int) lengths[3], (int) lengths[4]);
    }

    /** How many pictures there are: volume by volume, in a volume slice by slice. */
    public int frames() {
        return slices * volumes;
    }

    /** Voxels of one slice. */
    int pixels() {
        return columns * rows;
    }

    /** Lengths of the axes in the order of the file, as in {@code 35x51x35}. */
    @Override
    public String toString() {
        return columns + "x" + rows + "x" + slices + (volumes > 1 ? "x" + volumes : "");
    }
}
