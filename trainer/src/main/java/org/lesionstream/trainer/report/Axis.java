package org.lesionstream.trainer.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One side of a plot.
 *
 * @param title as plain text, with the unit
 * @param low value at its beginning
 * @param high value at its end
 * @param logarithmic whether equal ratios are equally far apart; then both ends must be positive
 */
record Axis(String title, double low, double high, boolean logarithmic) {
    private static final int ABOUT_TICKS = 5;

    Axis {
        if (!(low < high) || (logarithmic && low <= 0) || Double.isInfinite(high)) {
            throw new IllegalArgumentException("low must be below high, were " + low + " and " + high);
        }
    }

    /** From {@code low} to {@code high}. */
    static Axis linear(String title, double low, double high) {
        return new Axis(title, low, high, false);
    }

    /** Round ends around all values. */
    static Axis around(String title, double lowest, double highest) {
        double span = highest > lowest ? highest - lowest : Math.max(1, Math.abs(highest));
        double step = step(span);
        double low = Math.floor(lowest / step) * step;
        double high = Math.ceil(highest / step) * step;
        return new Axis(title, low, high > low ? high : low + step, false);
    }

    /** From the power of ten below all values to the one above. */
    static Axis decades(String title, double lowest, double highest) {
        double low = Math.pow(10, Math.floor(Math.log10(lowest)));
        double high = Math.pow(10, Math.ceil(Math.log10(highest)));
        return new Axis(title, low, high > low ? high : 10 * low, true);
    }

    /** Where a value stands: 0 at the beginning, 1 at the end. */
    double share(double value) {
        return logarithmic ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
    }

    /** Values worth a line. */
    List<Double> ticks() {
        List<Double> ticks = new ArrayList<>();
        if (logarithmic) {
            for (double tick = low; tick <= high * 1.001; tick *= 10) {
                ticks.add(tick);
            }
            return ticks;
        }
        double step = step(high - low);
        for (long tick = Math.round(Math.ceil(low / step - 1e-9)); tick * step <= high + 1e-9 * step; tick++) {
            ticks.add(tick * step);
        }
        return ticks;
    }

    /** A tick in words. */
    String text(double tick) {
        if (logarithmic || tick == Math.rint(tick)) {
            return String.format(Locale.ROOT, "%.0f", tick);
        }
        int decimals = (int) Math.max(0, -Math.floor(Math.log10(step(high - low)) + 1e-9));
        return String.format(Locale.ROOT, "%." + decimals + "f", tick);
    }

    /** 1, 2 or 5 times a power of ten, so that about five steps make the span. */
    private static double step(double span) {
        double power = Math.pow(10, Math.floor(Math.log10(span / ABOUT_TICKS)));
        double parts = span / ABOUT_TICKS / power;
        return power * (parts < 1.5 ? 1 : parts < 3.5 ? 2 : parts < 7.5 ? 5 : 10);
    }
}
