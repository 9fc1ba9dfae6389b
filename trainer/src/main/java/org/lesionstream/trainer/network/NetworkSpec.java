package org.lesionstream.trainer.network;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Which network, in one line of text: {@code name[:key=value,key=value]}, for example {@code unet-same:base=16,up=bilinear}.
 *
 * <p>Options are kept sorted by key, so equal networks print equally. What a key means is the network's affair; a key that the network does not know is
 * refused when it is built.
 *
 * @param name name of the network in the {@link NetworkCatalog}
 * @param options what differs from the network's defaults; keys and values hold neither blanks nor {@code , = :}
 */
public record NetworkSpec(String name, Map<String, String> options) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
    private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9./_+-]+");

    public NetworkSpec {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "network name must be words of small letters and digits, was \"" + name + "\"");
        }
        options.forEach((key, value) -> {
            if (!NAME.matcher(key).matches() || !VALUE.matcher(value).matches()) {
                throw new IllegalArgumentException(
                        "network option must read key=value, was \"" + key + "=" + value + "\"");
            }
        });
        options = java.util.Collections.unmodifiableMap(new TreeMap<>(options));
    }

    /**
     * Reads the text form.
     *
     * @param text {@code name} or {@code name:key=value,key=value}
     * @throws IllegalArgumentException when the text has another form or names an option twice
     */
    public static NetworkSpec parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            return new NetworkSpec(text, Map.of());
        }
        Map<String, String> options = new TreeMap<>();
        for (String option : text.substring(colon + 1).split(",", -1)) {
            int equals = option.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("network option must read key=value, was \"" + option + "\"");
            }
            String key = option.substring(0, equals);
            if (options.put(key, option.substring(equals + 1)) != null) {
                throw new IllegalArgumentException("network option \"" + key + "\" is given twice in \"" + text + "\"");
            }
        }
        return new NetworkSpec(text.substring(0, colon), options);
    }

    /** The same network with one option set, for example the channels of a data set. */
    public NetworkSpec with(String key, Object value) {
        Map<String, String> changed = new TreeMap<>(options);
        changed.put(key, value.toString());
        return new NetworkSpec(name, changed);
    }

    /** Value of a whole, positive number option, or its default. */
    public int count(String key, int defaultValue) {
        String text = options.get(key);
        if (text == null) {
            return defaultValue;
        }
        if (!text.matches("[1-9][0-9]{0,5}")) {
            throw new IllegalArgumentException(key + " must be a positive number, was \"" + text + "\"");
        }
        return Integer.parseInt(text);
    }

    /** Value of an option that is a list of whole, positive numbers such as {@code 32/64/128}. */
    public List<Integer> numbers(String key, int atLeast, int atMost) {
        String text = options.getOrDefault(key, "");
        List<Integer> numbers = new ArrayList<>();
        if (text.matches("[1-9][0-9]{0,4}(/[1-9][0-9]{0,4})*")) {
            for (String number : text.split("/", -1)) {
                numbers.add(Integer.valueOf(number));
            }
        }
        if (numbers.size() < atLeast || numbers.size() > atMost) {
            String count = atLeast == atMost ? String.valueOf(atLeast) : atLeast + " to " + atMost;
            throw new IllegalArgumentException(
                    key + " must be " + count + " positive numbers like 32/64/128, was \"" + text + "\"");
        }
        return numbers;
    }

    /** Value of an option that is a share, from 0 to less than 1, or its default. */
    public double share(String key, double defaultValue) {
        String text = options.get(key);
        if (text == null) {
            return defaultValue;
        }
        if (!text.matches("0(\\.[0-9]{1,6})?")) {
            throw new IllegalArgumentException(key + " must be a number from 0 to less than 1, was \"" + text + "\"");
        }
        return Double.parseDouble(text);
    }

    /** Refuses an option beside others that say the same in another way. */
    void refuseTogether(String key, String... others) {
        for (String other : others) {
            if (options.containsKey(other)) {
                throw new IllegalArgumentException(key + " and " + other + " cannot both be given, were in " + this);
            }
        }
    }

    /** Value of an option that is one of a few words, or the first of them. */
    public String choice(String key, String defaultValue, String... others) {
        String text = options.getOrDefault(key, defaultValue);
        Set<String> allowed = new TreeSet<>(Set.of(others));
        allowed.add(defaultValue);
        if (!allowed.contains(text)) {
            throw new IllegalArgumentException(key + " must be one of " + allowed + ", was \"" + text + "\"");
        }
        return text;
    }

    /** Value of an option as it was written. */
    public Optional<String> text(String key) {
        return Optional.ofNullable(options.get(key));
    }

    /** Refuses options that the network has no use for, so that a misspelt one is noticed. */
    void allowOnly(String... known) {
        Set<String> unknown = new TreeSet<>(options.keySet());
        unknown.removeAll(Set.of(known));
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(
                    name + " has no option " + unknown + ", it has " + new TreeSet<>(Set.of(known)));
        }
    }

    @Override
    public String toString() {
        return options.isEmpty()
                ? name
                : options.entrySet().stream().map(Map.Entry::toString).collect(joining(",", name + ":", ""));
    }
}
