package org.lesionstream.trainer.recipe;

import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/**
 * How a network is trained: a value for every setting, and where it comes from.
 *
 * <ul>
 *   <li>Complete: nothing is left to a default in the code, so a stored recipe says the same in years.
 *   <li>Text: a value is what a user would type; whoever needs it reads and checks it.
 * </ul>
 *
 * @param name of the recipe, such as {@code unet-2015}
 * @param paper what it follows, as one would cite it
 * @param about what it is for and where it departs from the paper
 * @param choices a choice for every setting
 */
public record Recipe(String name, String paper, String about, Map<Setting, Choice> choices) {

    /** The word for an absent value. */
    public static final String NONE = "none";

    /** The word for a value that the pictures decide. */
    public static final String AUTO = "auto";

    /**
     * A value with its source.
     *
     * @param value as a user would type it
     * @param source section of a paper, file of published code, or the reason of a choice of our own
     */
    public record Choice(String value, String source) {
        public Choice {
            if (value.isBlank() || source.isBlank()) {
                throw new IllegalArgumentException(
                        "value and source must not be blank, were \"%s\" and \"%s\"".formatted(value, source));
            }
        }
    }

    public Recipe {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(paper, "paper");
        Objects.requireNonNull(about, "about");
        Set<Setting> missing = EnumSet.allOf(Setting.class);
        missing.removeAll(choices.keySet());
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException("recipe %s lacks %s"
                    .formatted(name, missing.stream().map(Setting::key).toList()));
        }
        choices = Collections.unmodifiableMap(new EnumMap<>(choices));
    }

    /** The same recipe with one setting changed. */
    public Recipe with(Setting setting, String value, String source) {
        Map<Setting, Choice> changed = new EnumMap<>(choices);
        changed.put(setting, new Choice(value, source));
        return new Recipe(name, paper, about, changed);
    }

    /** The value of a setting as it was written. */
    public String text(Setting setting) {
        return choices.get(setting).value();
    }

    /** The value of a setting, unless it is {@link #NONE} or {@link #AUTO}. */
    public Optional<String> given(Setting setting) {
        String value = text(setting);
        return value.equals(NONE) || value.equals(AUTO) ? Optional.empty() : Optional.of(value);
    }

    /**
     * A setting that must be a number.
     *
     * @throws IllegalArgumentException naming the setting, when it is none
     */
    public double number(Setting setting) {
        return optionalNumber(setting).orElseThrow(() -> refused(setting, "a number"));
    }

    /** A setting that is a number, or nothing. */
    public OptionalDouble optionalNumber(Setting setting) {
        Optional<String> given = given(setting);
        if (given.isEmpty()) {
            return OptionalDouble.empty();
        }
        try {
            double number = Double.parseDouble(given.get());
            if (Double.isFinite(number)) {
                return OptionalDouble.of(number);
            }
        } catch (NumberFormatException notANumber) {
            // Told below, like a number that is not finite.
        }
        throw refused(setting, "a number");
    }

    /** A setting that must be a whole, positive number. */
    public int count(Setting setting) {
        return optionalCount(setting).orElseThrow(() -> refused(setting, "a whole, positive number"));
    }

    /** A setting that is a whole, positive number, or nothing. */
    public OptionalInt optionalCount(Setting setting) {
        Optional<String> given = given(setting);
        if (given.isPresent() && !given.get().matches("[1-9][0-9]{0,8}")) {
            throw refused(setting, "a whole, positive number");
        }
        return given.isPresent() ? OptionalInt.of(Integer.parseInt(given.get())) : OptionalInt.empty();
    }

    /** A setting that must be a whole number of either sign, such as a seed. */
    public long wholeNumber(Setting setting) {
        try {
            return Long.parseLong(text(setting));
        } catch (NumberFormatException notANumber) {
            throw refused(setting, "a whole number");
        }
    }

    private IllegalArgumentException refused(Setting setting, String wanted) {
        return new IllegalArgumentException(
                "%s must be %s, was \"%s\"".formatted(setting.key(), wanted, text(setting)));
    }
}
