package org.lesionstream.worker.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Compares measured values with expected ones and keeps count.
 *
 * <p>A deviation is the share of what is allowed times 1e-9, so that values of every kind can be set side by side: for most numbers it is
 * {@code |x - expected| / max(1, |expected|)}.
 */
final class ReferenceTally {
    private static final double ALLOWED = 1e-9;

    private final List<String> faults = new ArrayList<>();
    private int regions;
    private int comparisons;
    private double largest;

    /** Another region was found where one was expected. */
    void region() {
        regions++;
    }

    /** Whole numbers, flags and null are the same or not. */
    void same(String what, JsonNode expected, Object measured) {
        comparisons++;
        Object wanted = expected.isBoolean() ? (Object) expected.asBoolean() : (Object) expected.asLong();
        Object found = measured instanceof Boolean ? measured : (Object) ((Number) measured).longValue();
        if (!Objects.equals(wanted, found)) {
            faults.add(what + " is " + found + ", expected " + wanted);
        }
    }

    /** Something that must hold, such as a count that decides whether the rest can be compared. */
    void same(String what, boolean holds) {
        comparisons++;
        if (!holds) {
            faults.add("another number of " + what + " than expected");
        }
    }

    /** Several whole numbers. */
    void same(String what, JsonNode expected, long... measured) {
        if (expected.size() != measured.length) {
            comparisons++;
            faults.add(what + " has " + measured.length + " values, expected " + expected.size());
            return;
        }
        for (int i = 0; i < measured.length; i++) {
            same(what + "[" + i + "]", expected.get(i), measured[i]);
        }
    }

    void close(String what, JsonNode expected, double measured) {
        double wanted = expected.asDouble();
        judge(what, Math.abs(measured - wanted) / Math.max(1, Math.abs(wanted)), expected, measured);
    }

    /** A value that is expected to be null exactly where it is absent. */
    void close(String what, JsonNode expected, Optional<Double> measured) {
        if (expected.isNull() != measured.isEmpty()) {
            comparisons++;
            faults.add(what + " is " + measured.map(String::valueOf).orElse("null") + ", expected " + expected);
        } else if (measured.isPresent()) {
            close(what, expected, measured.get());
        }
    }

    /** Roots turn a rounding of 1e-16 into 1e-8: their squares are compared. */
    void closeSquared(String what, JsonNode expected, double measured, double scale) {
        double wanted = expected.asDouble();
        judge(what, Math.abs(measured * measured - wanted * wanted) / Math.max(1, scale * scale), expected, measured);
    }

    /** Angles differ by multiples of pi at most, and are the less certain the rounder the region is. */
    void closeAngle(String what, JsonNode expected, Optional<Double> measured, double eccentricity) {
        if (expected.isNull() || measured.isEmpty()) {
            close(what, expected, measured);
            return;
        }
        double difference = Math.abs(Math.IEEEremainder(measured.get() - expected.asDouble(), Math.PI));
        judge(what, difference * eccentricity * eccentricity, expected, measured.get());
    }

    boolean ok() {
        return faults.isEmpty();
    }

    List<String> faults() {
        return List.copyOf(faults);
    }

    int regions() {
        return regions;
    }

    int comparisons() {
        return comparisons;
    }

    double largest() {
        return largest;
    }

    private void judge(String what, double deviation, JsonNode expected, double measured) {
        comparisons++;
        largest = Math.max(largest, deviation);
        if (!(deviation <= ALLOWED) || expected.isNull()) {
            faults.add(what + " is " + measured + ", expected " + expected);
        }
    }
}
