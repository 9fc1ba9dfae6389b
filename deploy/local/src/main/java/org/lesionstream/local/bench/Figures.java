package org.lesionstream.local.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.lesionstream.local.report.Percentiles;

/**
 * All numbers of a measurement, in the order in which they are shown.
 *
 * @param all each key once
 */
record Figures(List<Figure> all) {

    private static final int LABEL_WIDTH = 44;
    private static final int VALUE_WIDTH = 14;

    Figures {
        all = List.copyOf(all);
        if (all.stream().map(Figure::key).distinct().count() != all.size()) {
            throw new IllegalArgumentException(
                    "keys must be unique, were " + all.stream().map(Figure::key).toList());
        }
    }

    /** The value of that key; not a number where it is absent. */
    double value(String key) {
        return all.stream()
                .filter(figure -> figure.key().equals(key))
                .mapToDouble(Figure::value)
                .findFirst()
                .orElse(Double.NaN);
    }

    List<Figure> section(String section) {
        return all.stream().filter(figure -> figure.section().equals(section)).toList();
    }

    List<String> sections() {
        return all.stream().map(Figure::section).distinct().toList();
    }

    /** Figure by figure the median of several runs; runs in which it could not be measured have no say. */
    static Figures medians(List<Figures> runs) {
        Map<String, Figure> first = new LinkedHashMap<>();
        runs.forEach(run -> run.all.forEach(figure -> first.putIfAbsent(figure.key(), figure)));
        return new Figures(first.values().stream()
                .map(figure -> figure.with(new Percentiles(runs.stream()
                                .map(run -> run.value(figure.key()))
                                .filter(value -> !value.isNaN())
                                .toList())
                        .median()))
                .toList());
    }

    /** The lines of a table for a terminal: a heading per section, then label, value and unit in columns. */
    List<String> table() {
        List<String> lines = new ArrayList<>();
        for (String section : sections()) {
            lines.add("");
            lines.add(section);
            for (Figure figure : section(section)) {
                lines.add(String.format(
                                Locale.ROOT,
                                "  %-" + LABEL_WIDTH + "s %" + VALUE_WIDTH + "s %s",
                                figure.label(),
                                number(figure.value()),
                                figure.unit())
                        .stripTrailing());
            }
        }
        return lines;
    }

    /** {@code key=value} for each key, in the order given; what could not be measured is left out. */
    String line(String... keys) {
        return Stream.of(keys)
                .filter(key -> !Double.isNaN(value(key)))
                .map(key -> key.replace('_', '-') + "=" + number(value(key)))
                .collect(Collectors.joining(" "));
    }

    /** Values by key, null where there is none. */
    Map<String, Double> values() {
        Map<String, Double> values = new LinkedHashMap<>();
        all.forEach(figure -> values.put(figure.key(), Double.isFinite(figure.value()) ? figure.value() : null));
        return values;
    }

    /** Three digits or so, without exponent: what a measurement is good for. */
    static String number(double value) {
        if (!Double.isFinite(value)) {
            return "-";
        }
        double size = Math.abs(value);
        if (size >= 100 || (size >= 1 && Objects.equals(value, Math.rint(value)))) {
            return String.format(Locale.ROOT, "%.0f", value);
        }
        return String.format(Locale.ROOT, size >= 10 ? "%.1f" : "%.2f", value);
    }
}
