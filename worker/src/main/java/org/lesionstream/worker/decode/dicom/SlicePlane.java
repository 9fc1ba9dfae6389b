package org.lesionstream.worker.decode.dicom;

import java.util.Optional;

/**
 * Where a frame lies in the patient (PS3.3, C.7.6.2): the centre of its first pixel in millimetres, and the directions of its rows and columns.
 *
 * @param position x, y, z
 * @param alongRow unit vector from one column to the next
 * @param alongColumn unit vector from one row to the next
 */
public record SlicePlane(Vector position, Vector alongRow, Vector alongColumn) {

    private static final double TOLERANCE = 1e-3; // of lengths and angles: directions are written with few digits

    public SlicePlane {
        if (Math.abs(alongRow.length() - 1) > TOLERANCE
                || Math.abs(alongColumn.length() - 1) > TOLERANCE
                || Math.abs(alongRow.dot(alongColumn)) > TOLERANCE) {
            throw new IllegalArgumentException("directions must be of length 1 and at right angles");
        }
    }

    /** A vector in millimetres or without unit. */
    public record Vector(double x, double y, double z) {

        static Vector of(double[] numbers, int from) {
            return new Vector(numbers[from], numbers[from + 1], numbers[from + 2]);
        }

        public double dot(Vector other) {
            return x * other.x + y * other.y + z * other.z;
        }

        public Vector cross(Vector other) {
            return new Vector(y * other.z - z * other.y, z * other.x - x * other.z, x * other.y - y * other.x);
        }

        public double length() {
            return Math.sqrt(dot(this));
        }
    }

    /** The plane of a frame; absent where the file tells none or an impossible one. */
    static Optional<SlicePlane> of(FrameAttributes attributes) {
        Optional<double[]> position =
                attributes.group(Tag.PLANE_POSITION_SEQUENCE).decimals(Tag.IMAGE_POSITION_PATIENT, 3);
        Optional<double[]> orientation =
                attributes.group(Tag.PLANE_ORIENTATION_SEQUENCE).decimals(Tag.IMAGE_ORIENTATION_PATIENT, 6);
        return position.isPresent() && orientation.isPresent()
                ? of(position.get(), orientation.get())
                : Optional.empty();
    }

    /**
     * The plane of a frame by the values of its attributes; absent where they are impossible.
     *
     * @param position ImagePositionPatient, three numbers
     * @param orientation ImageOrientationPatient, six numbers
     */
    public static Optional<SlicePlane> of(double[] position, double[] orientation) {
        try {
            return Optional.of(
                    new SlicePlane(Vector.of(position, 0), Vector.of(orientation, 0), Vector.of(orientation, 3)));
        } catch (IllegalArgumentException impossible) {
            return Optional.empty();
        }
    }

    /** The direction that slices are stacked in. */
    public Vector normal() {
        return alongRow.cross(alongColumn);
    }

    /** Whether both lie in parallel, with rows and columns in the same directions. */
    public boolean parallelTo(SlicePlane other) {
        return alongRow.dot(other.alongRow) > 1 - TOLERANCE && alongColumn.dot(other.alongColumn) > 1 - TOLERANCE;
    }
}
