package org.lesionstream.local.scale.model;

import java.util.List;

/**
 * How the images of a day are spread over its hours.
 *
 * @param hours a weight for each of the 24 hours, which holds in its middle; in between it changes evenly
 */
public record DayProfile(List<Double> hours) {

    private static final int HOURS = 24;
    private static final double HOUR = 3600;

    public DayProfile {
        hours = List.copyOf(hours);
        if (hours.size() != HOURS) {
            throw new IllegalArgumentException("hours must be 24, were " + hours.size());
        }
        if (hours.stream().anyMatch(weight -> !(weight >= 0 && Double.isFinite(weight)))
                || hours.stream().allMatch(weight -> weight == 0)) {
            throw new IllegalArgumentException("hours must be positive somewhere and negative nowhere, were " + hours);
        }
    }

    /** A hospital: little at night, twice and a half the mean between eight and ten, a plateau until the evening. */
    public static DayProfile hospital() {
        return new DayProfile(List.of(
                0.25, 0.2, 0.2, 0.2, 0.25, 0.4, 0.8, 1.8, 2.6, 2.6, 2.2, 1.8, 1.4, 1.5, 1.6, 1.4, 1.2, 0.9, 0.7, 0.6,
                0.5, 0.4, 0.35, 0.3));
    }

    /** The same at all times. */
    public static DayProfile even() {
        return new DayProfile(java.util.Collections.nCopies(HOURS, 1.0));
    }

    /** Images per second at that second of the day, when so many come in a day. */
    double rate(double second, double perDay) {
        double hour = second / HOUR - 0.5;
        int before = (int) Math.floor(hour);
        double share = hour - before;
        double weight = (1 - share) * weight(before) + share * weight(before + 1);
        return weight * perDay / (sum() * HOUR);
    }

    /** The highest rate of the day. */
    double peak(double perDay) {
        return hours.stream().mapToDouble(Double::doubleValue).max().orElseThrow() * perDay / (sum() * HOUR);
    }

    private double sum() {
        return hours.stream().mapToDouble(Double::doubleValue).sum();
    }

    private double weight(int hour) {
        return hours.get(Math.floorMod(hour, HOURS));
    }
}
