package org.lesionstream.schemas.image;

/** The checks that the values of this package share. */
final class Checks {

    private Checks() {}

    static void positive(String name, int value) {
        if (value <= 0) {
            throw new IllegalArgumentException(name + " must be positive, was " + value);
        }
    }

    static void notNegative(String name, int value) {
        if (value < 0) {
            throw new IllegalArgumentException(name + " must not be negative, was " + value);
        }
    }

    static void length(String name, byte[] array, long wanted) {
        if (array.length != wanted) {
            throw new IllegalArgumentException(name + " must hold " + wanted + " bytes, held " + array.length);
        }
    }
}
