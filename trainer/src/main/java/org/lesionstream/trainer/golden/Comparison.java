package org.lesionstream.trainer.golden;

import java.util.Locale;
import java.util.OptionalDouble;

/**
 * What a comparison with reference data gave: the largest error of any output, relative to the largest value of that output.
 *
 * @param what was compared: the text of a network, or the name of a block or of numbers
 * @param ours error of the block run by DJL, or of whatever else computes the numbers
 * @param export error of the block's exported fp32 file; none where there is nothing to export
 */
public record Comparison(String what, double ours, OptionalDouble export) {
    private static final double LIMIT = 1e-4;
    private static final double FLOAT_NOISE = 2e-5;

    /** A network in both its forms. */
    static Comparison of(String what, double block, double export) {
        return new Comparison(what, block, OptionalDouble.of(export));
    }

    /** Numbers that no exported file computes. */
    static Comparison of(String what, double largestError) {
        return new Comparison(what, largestError, OptionalDouble.empty());
    }

    /** Whether all errors are within 1e-4. */
    public boolean ok() {
        return worst() <= LIMIT;
    }

    /** Whether all are within 2e-5, where a correct implementation in 32-bit floats lands: this limit shows a wrong epsilon or an approximate GELU. */
    public boolean close() {
        return worst() <= FLOAT_NOISE;
    }

    /** The errors in words: {@code block=1.2e-06 export=1.3e-06}, or {@code error=1.2e-06}. */
    public String errors() {
        return export.isPresent()
                ? String.format(Locale.ROOT, "block=%.1e export=%.1e", ours, export.getAsDouble())
                : String.format(Locale.ROOT, "error=%.1e", ours);
    }

    private double worst() {
        double worst = Math.max(ours, export.orElse(0)); // NaN if either is
        return Double.isNaN(worst) ? Double.POSITIVE_INFINITY : worst;
    }
}
