package org.lesionstream.trainer.augment;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.lesionstream.trainer.data.SampleTransform;
import org.lesionstream.trainer.term.Term;

/**
 * What a term of {@link Augmentation} can be.
 *
 * @param name first word of the term
 * @param meaning half a sentence
 * @param defaults the value of each option that is not given
 * @param reader from a term with all of these options
 */
record Variation(String name, String meaning, Map<String, String> defaults, Function<Term, SampleTransform> reader) {

    private static final String SHARE = "share";

    Variation {
        defaults = Map.copyOf(defaults);
    }

    /** The term with every option, numbers as short as can be, so equal variations print equally. */
    Term full(Term term) {
        Set<String> known = new TreeSet<>(defaults.keySet());
        known.add(SHARE);
        term.allowOnly(known.toArray(String[]::new));
        Map<String, String> options = new TreeMap<>(defaults);
        options.put(SHARE, "1");
        options.replaceAll((option, usual) -> isNumber(usual)
                ? Term.text(term.number(option, Double.parseDouble(usual)))
                : term.options().getOrDefault(option, usual));
        return new Term(name, options);
    }

    /** What the term means. */
    SampleTransform read(Term term) {
        Term full = full(term);
        SampleTransform always = reader.apply(full);
        double share = full.number(SHARE, 1);
        return share == 1 ? always : new Either(share, always, SampleTransform.NONE);
    }

    /** The term with its defaults, and what it means. */
    String help() {
        return new Term(name, defaults) + ": " + meaning;
    }

    private static boolean isNumber(String text) {
        return text.matches("[0-9.]+");
    }
}
