package org.lesionstream.schemas.nifti;

import java.nio.ByteBuffer;

/**
 * Between which values all voxels of a file are stored. Infinity and what is no number do not count.
 *
 * @param whole whether all are whole numbers
 */
record ValueRange(double lowest, double highest, boolean whole) {

    /** @throws org.lesionstream.schemas.image.ImageRefusedException if no voxel is a finite number */
    static ValueRange of(VoxelType type, ByteBuffer voxels) {
        double lowest = Double.POSITIVE_INFINITY;
        double highest = Double.NEGATIVE_INFINITY;
        boolean whole = true;
        int count = voxels.capacity() / type.bytes();
        for (int i = 0; i < count; i++) {
            double value = type.value(voxels, i);
            if (Double.isFinite(value)) {
                lowest = Math.min(lowest, value);
                highest = Math.max(highest, value);
                whole &= value == Math.rint(value);
            }
        }
        if (lowest > highest) {
            throw Refusal.damaged("NIfTI without a finite value");
        }
        return new ValueRange(lowest, highest, whole);
    }
}
