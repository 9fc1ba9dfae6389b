package org.lesionstream.schemas.nifti;

/** The two headers: how long each is and where its fields begin, in bytes (nifti1.h, nifti2.h). */
enum NiftiVersion {
    ONE(348, 344, 40, 70, 76, 108, 112, 123, 124, 252, 256, 280, Math.ulp(1f)),
    TWO(540, 4, 16, 12, 104, 168, 176, 500, 192, 344, 352, 400, Math.ulp(1d));

    final int headerBytes;
    final int magic;
    final int dimensions;
    final int datatype;
    final int sizes;
    final int dataOffset;
    final int scaling;
    final int units;
    final int shownRange;
    final int formCodes;
    final int quaternion;
    final int affineRows;

    /** Distance of the real numbers that the header can hold, at 1. */
    final double resolution;

    NiftiVersion(
            int headerBytes,
            int magic,
            int dimensions,
            int datatype,
            int sizes,
            int dataOffset,
            int scaling,
            int units,
            int shownRange,
            int formCodes,
            int quaternion,
            int affineRows,
            double resolution) {
        this.headerBytes = headerBytes;
        this.magic = magic;
        this.dimensions = dimensions;
        this.datatype = datatype;
        this.sizes = sizes;
        this.dataOffset = dataOffset;
        this.scaling = scaling;
        this.units = units;
        this.shownRange = shownRange;
        this.formCodes = formCodes;
        this.quaternion = quaternion;
        this.affineRows = affineRows;
        this.resolution = resolution;
    }

    /** First byte that voxels of a single file may stand at: four bytes behind the header tell of extensions. */
    int firstVoxel() {
        return headerBytes + 4;
    }

    /** What the magic of a single file begins with. */
    String singleFile() {
        return this == ONE ? "n+1\0" : "n+2\0";
    }

    /** What the magic of a header begins with whose voxels are in another file. */
    String pair() {
        return this == ONE ? "ni1\0" : "ni2\0";
    }

    /** What stands behind the magic: line ends that a transfer as text would change. */
    String afterMagic() {
        return this == ONE ? "" : "\r\n\u001a\n";
    }
}
