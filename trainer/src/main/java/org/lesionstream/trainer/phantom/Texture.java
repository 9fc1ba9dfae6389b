package org.lesionstream.trainer.phantom;

import java.util.Random;

/** Smooth random values over the plane: three octaves of value noise, each half as strong and twice as fine as the one before. */
final class Texture {

    private static final int LATTICE = 64; // the pattern repeats after so many cells
    private static final int OCTAVES = 3;

    private final double[] lattice = new double[LATTICE * LATTICE];
    private final double cell;

    /**
     * @param cell pixels from knot to knot of the coarsest octave
     */
    Texture(Random random, double cell) {
        for (int i = 0; i < lattice.length; i++) {
            lattice[i] = 2 * random.nextDouble() - 1;
        }
        this.cell = cell;
    }

    /** Value at a place, about -1 to 1. */
    double at(double row, double column) {
        double sum = 0;
        double strength = 0.57; // 0.57 + 0.29 + 0.14 = 1
        double scale = 1 / cell;
        for (int octave = 0; octave < OCTAVES; octave++) {
            sum += strength * noise(row * scale + 17 * octave, column * scale + 29 * octave);
            strength /= 2;
            scale *= 2;
        }
        return sum;
    }

    private double noise(double y, double x) {
        int row = (int) Math.floor(y);
        int column = (int) Math.floor(x);
        double down = smooth(y - row);
        double across = smooth(x - column);
        double above = mix(knot(row, column), knot(row, column + 1), across);
        double below = mix(knot(row + 1, column), knot(row + 1, column + 1), across);
        return mix(above, below, down);
    }

    private double knot(int row, int column) {
        return lattice[Math.floorMod(row, LATTICE) * LATTICE + Math.floorMod(column, LATTICE)];
    }

    private static double smooth(double t) {
        return t * t * (3 - 2 * t);
    }

    private static double mix(double a, double b, double t) {
        return a + (b - a) * t;
    }
}
