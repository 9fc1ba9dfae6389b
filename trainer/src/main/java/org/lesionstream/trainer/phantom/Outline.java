package org.lesionstream.trainer.phantom;

import java.util.Random;

/**
 * A smooth irregular closed curve around a centre: r(t) = radius (1 + sum over k of a_k cos(k t + p_k)), k = 2, 3, ...
 *
 * <p>The amplitudes fall with k and their sum stays below 0.6, so the curve never crosses itself or its centre.
 */
@SuppressWarnings("ArrayRecordComponent") // never written after construction; nobody compares outlines
record Outline(double radius, double[] amplitudes, double[] phases) {

    private static final int WAVES = 6;
    private static final int FIRST_WAVE = 2; // the first would only shift the centre

    static Outline random(Random random, double radius) {
        double[] amplitudes = new double[WAVES];
        double[] phases = new double[WAVES];
        double irregularity = 0.3 + 0.7 * random.nextDouble();
        for (int i = 0; i < WAVES; i++) {
            amplitudes[i] = irregularity * 0.45 * random.nextDouble() / (i + FIRST_WAVE);
            phases[i] = 2 * Math.PI * random.nextDouble();
        }
        return new Outline(radius, amplitudes, phases);
    }

    /** Distance of the curve from its centre in the direction of an angle. */
    double distance(double angle) {
        double sum = 1;
        for (int i = 0; i < WAVES; i++) {
            sum += amplitudes[i] * StrictMath.cos((i + FIRST_WAVE) * angle + phases[i]);
        }
        return radius * sum;
    }

    /** No point of the curve is further from the centre. */
    double reach() {
        double sum = 1;
        for (double amplitude : amplitudes) {
            sum += amplitude;
        }
        return radius * sum;
    }

    /** The same curve larger or smaller, its waves turned by an angle. */
    Outline changed(double scale, double turn) {
        double[] turned = phases.clone();
        for (int i = 0; i < WAVES; i++) {
            turned[i] += (i % 2 == 0 ? 1 : -1) * turn;
        }
        return new Outline(radius * scale, amplitudes, turned);
    }
}
