package org.lesionstream.trainer.golden;

/**
 * What a comparison with reference data gave: the largest error of any output, relative to the largest value of that output.
 *
 * @param what was compared: the text of a network, or the name of a block
 * @param block error of the block run by DJL
 * @param export error of its exported fp32 file
 */
public record Comparison(String what, double block, double export) {
    private static final double LIMIT = 1e-4;
    private static final double FLOAT_NOISE = 2e-5;

    /** Whether both errors are within 1e-4. */
    public boolean ok() {
        return worst() <= LIMIT;
    }

    /** Whether both are within 2e-5, where a correct implementation in 32-bit floats lands: this limit shows a wrong epsilon or an approximate GELU. */
    public boolean close() {
        return worst() <= FLOAT_NOISE;
    }

    private double worst() {
        return Double.isNaN(block) || Double.isNaN(export) ? Double.POSITIVE_INFINITY : Math.max(block, export);
    }
}
