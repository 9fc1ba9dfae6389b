package org.lesionstream.trainer.cli;

import java.util.Locale;

/** Multiply-accumulates in thousands of millions, as tables of networks print them: two digits after the point, below ten three. */
final class Giga {
    private static final double GIGA = 1e9;
    private static final double TEN = 10;

    private Giga() {}

    static String print(long multiplyAccumulates) {
        double giga = multiplyAccumulates / GIGA;
        return String.format(Locale.ROOT, giga < TEN ? "%.3f" : "%.2f", giga);
    }
}
