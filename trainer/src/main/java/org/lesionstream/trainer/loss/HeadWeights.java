package org.lesionstream.trainer.loss;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.lesionstream.trainer.term.Term;

/**
 * How the heads of a network with deep supervision share the loss, in the order in which the network returns them.
 *
 * <p>Text forms:
 *
 * <ul>
 *   <li>{@code mean}: all alike, summing to 1 (UNet++, Zhou et al. 2018, section 3)
 *   <li>{@code sum}: 1 each (U2-Net, Qin et al. 2020); {@code sum:2}: 1 for each of the first two, nothing for the others (U-Net v2 on polyps)
 *   <li>{@code 8/4/2/1}: one number for each head, divided by their sum (U-Net v2 on ISIC)
 *   <li>{@code last}: the last head alone
 * </ul>
 *
 * <p>A network with one head has nothing to share: its weight is 1 under every rule.
 *
 * @param rule what the numbers mean
 * @param numbers of {@link Rule#SUM}, how many heads, or none for all; of {@link Rule#SHARES}, one for each head
 */
public record HeadWeights(Rule rule, List<Double> numbers) {

    /** All alike, summing to 1. */
    public static final HeadWeights MEAN = new HeadWeights(Rule.MEAN, List.of());

    private static final Pattern SHARES = Pattern.compile("[0-9.]+(/[0-9.]+)*");
    private static final String SUM_OF = "sum:";

    /** What the numbers mean. */
    public enum Rule {
        MEAN,
        SUM,
        SHARES,
        LAST
    }

    public HeadWeights {
        Objects.requireNonNull(rule, "rule");
        numbers = List.copyOf(numbers);
        if (numbers.stream().anyMatch(number -> !(number >= 0) || Double.isInfinite(number))) {
            throw new IllegalArgumentException("weights of heads must be finite and not negative, were " + numbers);
        }
        boolean fits =
                switch (rule) {
                    case MEAN, LAST -> numbers.isEmpty();
                    case SUM ->
                        numbers.isEmpty() || (numbers.size() == 1 && numbers.get(0) >= 1 && numbers.get(0) % 1 == 0);
                    case SHARES -> numbers.stream().anyMatch(number -> number > 0);
                };
        if (!fits) {
            throw new IllegalArgumentException(
                    "%s of heads cannot have the numbers %s".formatted(Choices.text(rule), numbers));
        }
    }

    /**
     * Reads the text form.
     *
     * @throws IllegalArgumentException when the text has another form
     */
    public static HeadWeights parse(String text) {
        String word = text.strip();
        if (SHARES.matcher(word).matches()) {
            return new HeadWeights(Rule.SHARES, numbers("heads", word));
        }
        if (word.startsWith(SUM_OF)) {
            return new HeadWeights(Rule.SUM, numbers("heads", word.substring(SUM_OF.length())));
        }
        return switch (word) {
            case "mean" -> MEAN;
            case "sum" -> new HeadWeights(Rule.SUM, List.of());
            case "last" -> new HeadWeights(Rule.LAST, List.of());
            default ->
                throw new IllegalArgumentException(
                        "heads must be mean, sum, sum:2, last or numbers such as 8/4/2/1, were \"" + text + "\"");
        };
    }

    /** Numbers with slashes between them. */
    static List<Double> numbers(String what, String text) {
        try {
            return Arrays.stream(text.split("/", -1)).map(Double::valueOf).toList();
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException(
                    "%s must be numbers such as 8/4/2/1, were \"%s\"".formatted(what, text), notANumber);
        }
    }

    /**
     * The weight of every head.
     *
     * @param heads how many there are, at least one
     * @throws IllegalArgumentException when the rule is for another number of heads
     */
    public List<Double> of(int heads) {
        if (heads <= 0) {
            throw new IllegalArgumentException("heads must be positive, were " + heads);
        }
        if (heads == 1) {
            return List.of(1.0);
        }
        return switch (rule) {
            case MEAN -> Collections.nCopies(heads, 1.0 / heads);
            case SUM -> range(heads, 0, summed(heads));
            case LAST -> range(heads, heads - 1, heads);
            case SHARES -> shares(heads);
        };
    }

    private int summed(int heads) {
        int count = numbers.isEmpty() ? heads : numbers.get(0).intValue();
        if (count > heads) {
            throw new IllegalArgumentException("%s needs %d heads, there are %d".formatted(this, count, heads));
        }
        return count;
    }

    private List<Double> shares(int heads) {
        if (numbers.size() != heads) {
            throw new IllegalArgumentException(
                    "%s needs %d heads, there are %d".formatted(this, numbers.size(), heads));
        }
        double sum = numbers.stream().mapToDouble(Double::doubleValue).sum();
        return numbers.stream().map(number -> number / sum).toList();
    }

    private static List<Double> range(int heads, int from, int to) {
        return IntStream.range(0, heads)
                .mapToObj(head -> head >= from && head < to ? 1.0 : 0.0)
                .toList();
    }

    /** The text form, which {@link #parse} reads back to equal weights. */
    @Override
    public String toString() {
        String list = numbers.stream().map(Term::text).collect(joining("/"));
        return switch (rule) {
            case MEAN, LAST -> Choices.text(rule);
            case SUM -> numbers.isEmpty() ? Choices.text(rule) : SUM_OF + list;
            case SHARES -> list;
        };
    }
}
