package org.lesionstream.trainer.metric;

import java.util.OptionalDouble;

/** Shares that may not exist: nothing is no part of nothing. */
final class Ratio {
    private Ratio() {}

    /** {@code part / whole}, absent when {@code whole} is 0. */
    static OptionalDouble of(long part, long whole) {
        return whole == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) part / whole);
    }
}
