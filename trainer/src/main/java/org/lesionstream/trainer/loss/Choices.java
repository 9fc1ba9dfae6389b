package org.lesionstream.trainer.loss;

import java.util.Arrays;
import java.util.Locale;
import org.lesionstream.trainer.term.Term;

/** Constants of an enum as words of a term: {@code MEAN_OVER_PIXELS} is {@code mean-over-pixels}. */
final class Choices {

    private Choices() {}

    static String text(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** An option that is one of some constants, or the first of them. */
    static <E extends Enum<E>> E read(Term term, String key, E[] choices) {
        String[] others = Arrays.stream(choices).skip(1).map(Choices::text).toArray(String[]::new);
        String word = term.word(key, text(choices[0]), others);
        return Arrays.stream(choices)
                .filter(choice -> text(choice).equals(word))
                .findFirst()
                .orElseThrow();
    }
}
