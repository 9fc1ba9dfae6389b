package org.lesionstream.schemas.message;

import java.util.regex.Pattern;

/**
 * The rule for identifiers that come from outside: visible ASCII letters, digits and {@code . _ : -}, at most 128 characters, a
 * letter or digit first.
 *
 * <p>Neither a blank nor the {@code ^} that separates the parts of a person's name in DICOM can occur, so a name that was put there
 * by mistake is refused instead of being stored and published. {@code /} and {@code #} are kept free for addresses and the ids of outcomes.
 */
public final class Identifier {

    /** What an identifier looks like; the JSON Schema documents hold the same pattern. */
    public static final Pattern PATTERN = Pattern.compile("^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$");

    private Identifier() {}

    static void check(String parameter, String value) {
        if (!PATTERN.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    parameter + " must match " + PATTERN + ", had " + value.length() + " characters");
        }
    }
}
