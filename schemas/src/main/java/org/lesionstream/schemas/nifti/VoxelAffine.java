package org.lesionstream.schemas.nifti;

import java.util.Optional;

/**
 * Where voxels lie: voxel {@code (column, row, slice)} is at {@code origin + column * alongRow + row * alongColumn + slice * acrossSlices}.
 *
 * @param alongRow from one column to the next
 * @param alongColumn from one row to the next
 * @param acrossSlices from one slice to the next; not always at right angles to them, and of no length in some files of one slice
 * @param origin centre of the first voxel
 */
record VoxelAffine(Vector alongRow, Vector alongColumn, Vector acrossSlices, Vector origin) {

    private static final double TOLERANCE = 0.01; // cosine of what still counts as a right angle

    /** The affine whose three rows of four numbers a header holds; absent where they span no plane. */
    static Optional<VoxelAffine> ofRows(double[] rows) {
        return usable(new VoxelAffine(column(rows, 0), column(rows, 1), column(rows, 2), column(rows, 3)));
    }

    private static Vector column(double[] rows, int index) {
        return new Vector(rows[index], rows[4 + index], rows[8 + index]);
    }

    /**
     * The affine of a rotation and the sizes of a voxel.
     *
     * @param quaternion its parts b, c, d, then the origin. Part a follows from the length of 1 and is 0 where it would be the root of a rounding error, as in
     *     nibabel ({@code fillpositive}): the root of 1e-7 would turn the volume by half a degree
     * @param sizes sign of the third axis, then the sizes
     * @param resolution of the header's real numbers
     */
    static Optional<VoxelAffine> ofQuaternion(double[] quaternion, double[] sizes, double resolution) {
        double b = quaternion[0];
        double c = quaternion[1];
        double d = quaternion[2];
        double rest = 1 - (b * b + c * c + d * d);
        boolean rounding = Math.abs(rest) < 3 * resolution;
        if (!rounding && !(rest > 0)) {
            return Optional.empty(); // too long, or no numbers
        }
        double a = rounding ? 0 : Math.sqrt(rest);
        double s = 2 / (a * a + b * b + c * c + d * d);
        Vector i = new Vector(1 - s * (c * c + d * d), s * (b * c + a * d), s * (b * d - a * c));
        Vector j = new Vector(s * (b * c - a * d), 1 - s * (b * b + d * d), s * (c * d + a * b));
        Vector k = new Vector(s * (b * d + a * c), s * (c * d - a * b), 1 - s * (b * b + c * c));
        double side = sizes[0] < 0 ? -1 : 1;
        return usable(new VoxelAffine(
                i.times(Math.abs(sizes[1])),
                j.times(Math.abs(sizes[2])),
                k.times(side * Math.abs(sizes[3])),
                new Vector(quaternion[3], quaternion[4], quaternion[5])));
    }

    /** The affine of sizes alone. */
    static Optional<VoxelAffine> ofSizes(double[] sizes) {
        return usable(new VoxelAffine(
                new Vector(Math.abs(sizes[1]), 0, 0),
                new Vector(0, Math.abs(sizes[2]), 0),
                new Vector(0, 0, Math.abs(sizes[3])),
                new Vector(0, 0, 0)));
    }

    private static Optional<VoxelAffine> usable(VoxelAffine affine) {
        double area = affine.area();
        boolean plane = area > 0 && area < Double.POSITIVE_INFINITY;
        boolean finite = Double.isFinite(affine.position(1));
        return plane && finite ? Optional.of(affine) : Optional.empty();
    }

    /** Area of one pixel of a slice. */
    double area() {
        return alongRow.cross(alongColumn).length();
    }

    /** Volume of one voxel: the determinant without its sign. */
    double volume() {
        return Math.abs(alongRow.cross(alongColumn).dot(acrossSlices));
    }

    /** Whether rows and columns are at right angles; otherwise their two distances do not tell the size of a pixel. */
    boolean rectangular() {
        return Math.abs(alongRow.dot(alongColumn)) <= TOLERANCE * alongRow.length() * alongColumn.length();
    }

    /**
     * Where a slice lies along the normal of the slices. The normal points to the right, to the front or up, whichever it is nearest to, so that turning an
     * axis of the file round does not move the patient.
     */
    double position(double slice) {
        Vector normal = normal();
        return origin.dot(normal) + slice * acrossSlices.dot(normal);
    }

    /** From one slice to the next along the normal. */
    double sliceDistance() {
        return Math.abs(acrossSlices.dot(normal()));
    }

    private Vector normal() {
        Vector across = alongRow.cross(alongColumn);
        return across.times(across.sense() / across.length());
    }
}
