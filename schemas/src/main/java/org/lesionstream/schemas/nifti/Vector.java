package org.lesionstream.schemas.nifti;

/** A direction or a place: to the right, to the front and up, in the unit of its file. */
record Vector(double x, double y, double z) {

    double dot(Vector other) {
        return x * other.x + y * other.y + z * other.z;
    }

    Vector cross(Vector other) {
        return new Vector(y * other.z - z * other.y, z * other.x - x * other.z, x * other.y - y * other.x);
    }

    double length() {
        return Math.sqrt(dot(this));
    }

    Vector times(double factor) {
        return new Vector(factor * x, factor * y, factor * z);
    }

    /** Towards which end of its steepest axis it points: 1 or -1. */
    double sense() {
        double steepest = Math.abs(x) > Math.abs(y) ? x : y;
        return Math.signum(Math.abs(z) >= Math.abs(steepest) ? z : steepest);
    }
}
