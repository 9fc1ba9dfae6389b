package org.lesionstream.trainer.loss;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.lesionstream.trainer.term.Term;

/**
 * The losses that can be asked for by text: terms joined by {@code +}, each {@code [weight*]name[:key=value,...]}, for example {@code
 * 0.5*cross-entropy+dice:smoothing=1}.
 *
 * <p>A published combination has a name of its own, which stands for its terms.
 */
public final class LossCatalog {

    private static final List<Entry> LOSSES = List.of(
            new Entry(
                    CrossEntropyLoss.NAME,
                    "cross entropy per pixel; the weight map of the pixels counts here",
                    Map.of(
                            CrossEntropyLoss.REDUCTION, "mean-over-weights, mean-over-pixels or sum",
                            CrossEntropyLoss.CLASS_WEIGHTS, "none, or one weight per class, background first: 1/4"),
                    CrossEntropyLoss::of),
            new Entry(
                    SoftDiceLoss.NAME,
                    "one minus the Dice overlap of probabilities",
                    Map.of(
                            SoftDiceLoss.SUMS, "batch or image: the pixels that share one overlap",
                            SoftDiceLoss.CLASSES, "apart, or together: one overlap over all classes",
                            SoftDiceLoss.BACKGROUND, "whether class 0 counts when there are two and more maps",
                            SoftDiceLoss.DENOMINATOR, "plain or squared",
                            SoftDiceLoss.SMOOTHING, "added above and below, in pixels",
                            SoftDiceLoss.OFFSET, "what the overlap is subtracted from; it moves no weight"),
                    SoftDiceLoss::of),
            new Entry(
                    BceDiceLoss.NAME,
                    "binary cross entropy plus Dice per image, every map behind a sigmoid (4uiiurz1)",
                    Map.of(
                            BceDiceLoss.BCE, "weight of the cross entropy",
                            BceDiceLoss.SMOOTHING, "added above and below, in pixels"),
                    BceDiceLoss::of),
            new Entry(
                    BalancedCrossEntropyLoss.NAME,
                    "cross entropy averaged over foreground and background apart; one map",
                    Map.of(BalancedCrossEntropyLoss.FOREGROUND, "weight of the foreground, 0 to 1"),
                    BalancedCrossEntropyLoss::of),
            new Entry(
                    StructureLoss.NAME,
                    "cross entropy plus intersection over union, weighted near outlines; one map (U-Net v2 on polyps)",
                    Map.of(StructureLoss.FORM, "as-meant, or as-published: the cross entropy unweighted"),
                    StructureLoss::of));

    private static final List<Published> PUBLISHED = List.of(
            new Published(
                    "milesial",
                    "cross-entropy+dice:background=true,classes=together,smoothing=1e-6",
                    "milesial/Pytorch-UNet"),
            new Published(
                    "nnunet",
                    "cross-entropy+1.5*dice:offset=0,smoothing=1e-5",
                    "nnU-Net as U-Net v2 uses it on ISIC; it can be negative"),
            new Published(
                    "unetpp-keras",
                    "0.5*cross-entropy+dice:background=true,classes=together,offset=0,smoothing=1",
                    "UNet++, official Keras code; it can be negative"),
            new Published(
                    "uctransnet",
                    // Dice of halved probabilities and target with s = 1e-5 is Dice of the whole ones with s = 4e-5.
                    "0.5*balanced-cross-entropy+0.5*dice:denominator=squared,smoothing=4e-5,sums=image",
                    "UCTransNet, public code"));

    private LossCatalog() {}

    /**
     * A loss that can be a term.
     *
     * @param name first word of the term
     * @param meaning half a sentence
     * @param options half a sentence about each key, by key
     * @param reader from a term with these keys to the loss
     */
    public record Entry(
            String name, String meaning, Map<String, String> options, Function<Term, SegmentationLoss> reader) {

        public Entry {
            options = Map.copyOf(options);
        }

        /** The value that each key has when it is not given, sorted by key. */
        public Map<String, String> defaults() {
            return Term.parse(reader.apply(Term.parse(name)).toString()).options();
        }
    }

    /**
     * A combination with a name.
     *
     * @param name stands for the text
     * @param text terms
     * @param source whose it is
     */
    public record Published(String name, String text, String source) {}

    /** What can be a term, in the order of use. */
    public static List<Entry> losses() {
        return LOSSES;
    }

    /** What has been published as a combination. */
    public static List<Published> published() {
        return PUBLISHED;
    }

    /**
     * Reads the text form; what it gives prints with every option, so that a later default changes nothing.
     *
     * @throws IllegalArgumentException when the text has another form, or a loss or one of its options is unknown
     */
    public static LossSum parse(String text) {
        List<LossSum.Part> parts = new ArrayList<>();
        for (String part : text.split("\\+", -1)) {
            int star = part.indexOf('*');
            double weight = star < 0 ? 1 : weight(part.substring(0, star));
            for (LossSum.Part own : named(part.substring(star + 1))) {
                parts.add(new LossSum.Part(weight * own.weight(), own.loss()));
            }
        }
        return new LossSum(parts);
    }

    private static List<LossSum.Part> named(String text) {
        Term term = Term.parse(text);
        Optional<Published> combination = PUBLISHED.stream()
                .filter(published -> published.name().equals(term.name()))
                .findFirst();
        if (combination.isPresent()) {
            term.allowOnly();
            return parse(combination.get().text()).parts();
        }
        Entry entry = LOSSES.stream()
                .filter(loss -> loss.name().equals(term.name()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "there is no loss \"%s\", there are %s".formatted(term.name(), names())));
        term.allowOnly(entry.options().keySet().toArray(String[]::new));
        return List.of(new LossSum.Part(1, entry.reader().apply(term)));
    }

    private static double weight(String text) {
        try {
            return Double.parseDouble(text.strip());
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException(
                    "a loss must read [weight*]name[:key=value,...], its weight was \"%s\"".formatted(text),
                    notANumber);
        }
    }

    private static String names() {
        return Stream.concat(
                        LOSSES.stream().map(Entry::name), PUBLISHED.stream().map(Published::name))
                .collect(joining(", "));
    }

    /** The table for people: each loss with its options and their defaults, then the published combinations. */
    public static List<String> help() {
        List<String> lines = new ArrayList<>();
        for (Entry loss : LOSSES) {
            lines.add(loss.name() + ": " + loss.meaning());
            new TreeMap<>(loss.defaults())
                    .forEach((key, value) -> lines.add(
                            "  %s=%s: %s".formatted(key, value, loss.options().getOrDefault(key, ""))));
        }
        PUBLISHED.forEach(published ->
                lines.add("%s = %s (%s)".formatted(published.name(), published.text(), published.source())));
        return lines;
    }
}
