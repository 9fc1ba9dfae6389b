package org.lesionstream.worker.api;

import java.time.DateTimeException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads the words of a request; what cannot be meant is a problem document with status 400. */
final class Parameters {
    /** Identifiers from outside, and the longer ids of messages that could not be read. */
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,399}");

    private Parameters() {}

    static String id(String parameter, String text) {
        if (!ID.matcher(text).matches()) {
            throw Problem.badParameter(parameter + " is not an identifier").exception();
        }
        return text;
    }

    static int between(String parameter, int low, int high, int value) {
        if (value < low || value > high) {
            throw Problem.badParameter(parameter + " must be from " + low + " to " + high)
                    .exception();
        }
        return value;
    }

    /** A value of an enum by its lower-case name. */
    static <E extends Enum<E>> E word(String parameter, Class<E> type, String text) {
        return Arrays.stream(type.getEnumConstants())
                .filter(each -> word(each).equals(text))
                .findFirst()
                .orElseThrow(() -> Problem.badParameter(parameter + " must be one of "
                                + Arrays.stream(type.getEnumConstants())
                                        .map(Parameters::word)
                                        .collect(Collectors.joining(", ")))
                        .exception());
    }

    /** A value by its own parser, which throws {@code IllegalArgumentException} or {@code DateTimeException}. */
    static <T> Optional<T> parsed(String parameter, Function<String, T> parser, Optional<String> text) {
        try {
            return text.map(parser);
        } catch (IllegalArgumentException | DateTimeException refused) {
            throw Problem.badParameter(parameter + " cannot be read").exception(refused);
        }
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
