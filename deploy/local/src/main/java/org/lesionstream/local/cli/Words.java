package org.lesionstream.local.cli;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads one of a few values by the word that it is printed with. */
abstract class Words<T> implements ITypeConverter<T> {

    private final List<T> values;
    private final Function<T, String> word;

    Words(List<T> values, Function<T, String> word) {
        this.values = values;
        this.word = word;
    }

    @Override
    public T convert(String given) {
        return values.stream()
                .filter(value -> word.apply(value).equals(given))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("'" + given + "' is none of "
                        + values.stream().map(word).collect(Collectors.joining(", "))));
    }
}
