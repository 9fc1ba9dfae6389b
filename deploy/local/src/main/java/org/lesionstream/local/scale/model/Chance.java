package org.lesionstream.local.scale.model;

import java.util.random.RandomGenerator;

/** Draws what is left to chance. */
final class Chance {

    private Chance() {}

    /** A whole number from 1 on with that mean: each one more with the same probability. */
    static int geometric(RandomGenerator random, double mean) {
        if (mean <= 1) {
            return 1;
        }
        return 1 + (int) Math.floor(Math.log(1 - random.nextDouble()) / Math.log(1 - 1 / mean));
    }

    /** How long until the next of so many per second. */
    static double exponential(RandomGenerator random, double perSecond) {
        return -Math.log(1 - random.nextDouble()) / perSecond;
    }
}
