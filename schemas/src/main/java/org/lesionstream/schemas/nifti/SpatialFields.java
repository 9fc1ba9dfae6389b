package org.lesionstream.schemas.nifti;

import java.util.Optional;
import java.util.stream.IntStream;

/** What a header says about places, number by number, so that another file can say the same. Immutable. */
final class SpatialFields {

    private static final int SIZES = 8;
    private static final int QUATERNION = 6;
    private static final int ROWS = 12;

    private final NiftiVersion version;
    private final int units;
    private final int[] formCodes;
    private final double[] sizes;
    private final double[] quaternion;
    private final double[] rows;

    private SpatialFields(HeaderFields header) {
        this.version = header.version();
        this.units = header.units();
        this.formCodes = new int[] {header.formCode(0), header.formCode(1)};
        this.sizes = reals(header, version.sizes, SIZES);
        this.quaternion = reals(header, version.quaternion, QUATERNION);
        this.rows = reals(header, version.affineRows, ROWS);
    }

    static SpatialFields of(HeaderFields header) {
        return new SpatialFields(header);
    }

    private static double[] reals(HeaderFields header, int field, int count) {
        return IntStream.range(0, count).mapToDouble(i -> header.real(field, i)).toArray();
    }

    NiftiVersion version() {
        return version;
    }

    SpaceUnit unit() {
        return SpaceUnit.of(units);
    }

    /** By the affine rows if they are given, else by the quaternion, else by the sizes of a voxel alone; what spans no plane counts as not given. */
    Optional<VoxelAffine> affine() {
        Optional<VoxelAffine> byRows = formCodes[1] > 0 ? VoxelAffine.ofRows(rows) : Optional.empty();
        return byRows.or(() -> formCodes[0] > 0
                        ? VoxelAffine.ofQuaternion(quaternion, sizes, version.resolution)
                        : Optional.empty())
                .or(() -> VoxelAffine.ofSizes(sizes));
    }

    /** Says the same in another header of this version. */
    void copyTo(HeaderFields header) {
        header.units(units);
        for (int i = 0; i < formCodes.length; i++) {
            header.formCode(i, formCodes[i]);
        }
        copy(sizes, header, version.sizes);
        copy(quaternion, header, version.quaternion);
        copy(rows, header, version.affineRows);
    }

    private static void copy(double[] values, HeaderFields header, int field) {
        for (int i = 0; i < values.length; i++) {
            header.real(field, i, values[i]);
        }
    }
}
