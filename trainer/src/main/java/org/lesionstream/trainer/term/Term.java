package org.lesionstream.trainer.term;

import static java.util.stream.Collectors.joining;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * A choice with its numbers, in one line of text: {@code name[:key=value,key=value]}, for example {@code elastic:sigma=10,grid=3}.
 *
 * <p>Options are kept sorted by key, so equal choices print equally. Whoever gives a term a meaning names the options that it knows, see {@link #allowOnly}.
 *
 * @param name words of small letters and digits
 * @param options what differs from the defaults of that name
 */
public record Term(String name, Map<String, String> options) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
    private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9./_-]+");
    private static final Pattern TRAILING_ZERO = Pattern.compile("\\.0(?=E|$)");

    public Term {
        require(NAME, name, "a name must be words of small letters and digits");
        options.forEach((key, value) -> {
            require(NAME, key, "an option of " + name + " must read key=value");
            require(VALUE, value, "an option of " + name + " must read key=value");
        });
        options = Collections.unmodifiableMap(new TreeMap<>(options));
    }

    /**
     * Reads the text form; blanks around its parts do not matter.
     *
     * @throws IllegalArgumentException when the text has another form or gives an option twice
     */
    public static Term parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            return new Term(text.strip(), Map.of());
        }
        Map<String, String> options = new TreeMap<>();
        for (String option : text.substring(colon + 1).split(",", -1)) {
            String[] sides = option.split("=", 2);
            String value = sides.length == 2 ? sides[1].strip() : "";
            if (options.put(sides[0].strip(), value) != null) {
                throw new IllegalArgumentException("option \"%s\" is given twice in \"%s\"".formatted(sides[0], text));
            }
        }
        return new Term(text.substring(0, colon).strip(), options);
    }

    /**
     * A number option, or its default.
     *
     * @throws IllegalArgumentException when the option is no finite number
     */
    public double number(String key, double defaultValue) {
        String text = options.get(key);
        if (text == null) {
            return defaultValue;
        }
        try {
            double number = Double.parseDouble(text);
            if (Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // Told below, like a number that is not finite.
        }
        throw refused(key, "a finite number");
    }

    /** A whole number option from 0 to a million, or its default. */
    public int count(String key, int defaultValue) {
        String text = options.get(key);
        if (text != null && !text.matches("[0-9]{1,6}")) {
            throw refused(key, "a whole number");
        }
        return text == null ? defaultValue : Integer.parseInt(text);
    }

    /** An option that is {@code true} or {@code false}, or its default. */
    public boolean flag(String key, boolean defaultValue) {
        return Boolean.parseBoolean(word(key, String.valueOf(defaultValue), String.valueOf(!defaultValue)));
    }

    /** An option that is one of a few words, or the first of them. */
    public String word(String key, String defaultValue, String... others) {
        String text = options.getOrDefault(key, defaultValue);
        Set<String> allowed = new TreeSet<>(Set.of(others));
        allowed.add(defaultValue);
        if (!allowed.contains(text)) {
            throw refused(key, "one of " + allowed);
        }
        return text;
    }

    /**
     * Refuses options that nobody reads, so that a misspelt one is noticed.
     *
     * @return this term
     */
    public Term allowOnly(String... known) {
        Set<String> unknown = new TreeSet<>(options.keySet());
        unknown.removeAll(Set.of(known));
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(
                    "%s has no option %s, it has %s".formatted(name, unknown, new TreeSet<>(Set.of(known))));
        }
        return this;
    }

    /** A number as short as an option can say it: {@code 1}, {@code 0.5}, {@code 1e-5}; {@link #number} reads the same number back. */
    public static String text(double number) {
        return TRAILING_ZERO.matcher(Double.toString(number)).replaceFirst("").replace('E', 'e');
    }

    private IllegalArgumentException refused(String key, String wanted) {
        return new IllegalArgumentException(
                "%s of %s must be %s, was \"%s\"".formatted(key, name, wanted, options.get(key)));
    }

    private static void require(Pattern form, String text, String message) {
        if (!form.matcher(text).matches()) {
            throw new IllegalArgumentException(message + ", was \"" + text + "\"");
        }
    }

    /** The text form, which {@link #parse} reads back to an equal term. */
    @Override
    public String toString() {
        return options.isEmpty()
                ? name
                : options.entrySet().stream().map(Map.Entry::toString).collect(joining(",", name + ":", ""));
    }
}
