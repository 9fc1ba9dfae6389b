package org.lesionstream.trainer.golden;

import java.util.Arrays;
import java.util.List;
import org.lesionstream.trainer.graph.FloatTensor;

/** max|a - b| / max|b| over a whole array: how far an implementation is from a reference; NaN and infinity mean that it is elsewhere. */
final class RelativeError {
    private RelativeError() {}

    /** The largest of several outputs. */
    static double largest(List<FloatTensor> actual, List<FloatTensor> expected) {
        if (actual.size() != expected.size()) {
            throw new IllegalStateException(
                    "there are " + actual.size() + " outputs, the reference has " + expected.size());
        }
        double worst = 0;
        for (int i = 0; i < actual.size(); i++) {
            worst = Math.max(worst, of(actual.get(i), expected.get(i)));
        }
        return worst;
    }

    private static double of(FloatTensor actual, FloatTensor expected) {
        if (!Arrays.equals(actual.shape(), expected.shape())) {
            throw new IllegalStateException("an output has the shape " + Arrays.toString(actual.shape())
                    + ", the reference " + Arrays.toString(expected.shape()));
        }
        double difference = 0;
        double largest = 0;
        for (int i = 0; i < expected.values().length; i++) {
            difference = Math.max(difference, Math.abs((double) actual.values()[i] - expected.values()[i]));
            largest = Math.max(largest, Math.abs(expected.values()[i]));
        }
        return difference == 0 ? 0 : difference / largest; // a reference of nothing but zeros can be met
    }
}
