package org.lesionstream.trainer.loss;

import ai.djl.ndarray.NDArray;

/** The Dice overlap {@code (2 sum p g + s) / (sum p + sum g + s)} of probabilities and truth, or the same with squares in the denominator. */
final class Overlap {

    private Overlap() {}

    /**
     * One overlap for everything that is summed over.
     *
     * @param axes summed over
     * @return the axes that are left; a scalar if there are none
     */
    static NDArray of(NDArray probability, NDArray truth, int[] axes, boolean squared, double smoothing) {
        NDArray both = probability.mul(truth).sum(axes);
        NDArray first = squared ? probability.square() : probability;
        NDArray second = squared ? truth.square() : truth;
        NDArray either = first.sum(axes).add(second.sum(axes));
        float s = (float) smoothing; // a double would promote a scalar to 64 bits
        return both.mul(2).add(s).div(either.add(s));
    }

    static void requireSmoothing(double smoothing) {
        if (!(smoothing > 0) || Double.isInfinite(smoothing)) {
            throw new IllegalArgumentException("smoothing must be positive and finite, was " + smoothing);
        }
    }
}
