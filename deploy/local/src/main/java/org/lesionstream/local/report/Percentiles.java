package org.lesionstream.local.report;

import java.util.Collection;
import java.util.List;

/** Percentiles by nearest rank: always a value that was measured, and with few values honest about the worst. */
public final class Percentiles {

    private final List<Double> ascending;

    public Percentiles(Collection<? extends Number> values) {
        this.ascending = values.stream().map(Number::doubleValue).sorted().toList();
    }

    public int count() {
        return ascending.size();
    }

    /**
     * The least value that so many percent of all are not above.
     *
     * @return not a number where there is no value
     */
    public double at(double percent) {
        if (!(percent > 0 && percent <= 100)) {
            throw new IllegalArgumentException("percent must be above 0 and at most 100, was " + percent);
        }
        if (ascending.isEmpty()) {
            return Double.NaN;
        }
        int rank = (int) Math.ceil(percent / 100 * ascending.size());
        return ascending.get(Math.max(1, rank) - 1);
    }

    /** Not a number where there is no value. */
    public double mean() {
        return ascending.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
    }

    /** The middle value, the mean of the two middle ones where there are two. */
    public double median() {
        int size = ascending.size();
        if (size == 0) {
            return Double.NaN;
        }
        return (ascending.get((size - 1) / 2) + ascending.get(size / 2)) / 2;
    }
}
