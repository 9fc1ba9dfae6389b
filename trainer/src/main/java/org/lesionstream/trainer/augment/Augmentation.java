package org.lesionstream.trainer.augment;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.lesionstream.trainer.data.SampleTransform;
import org.lesionstream.trainer.term.Term;

/**
 * Variations by text: terms that follow each other are joined by {@code ;}, terms of which one is drawn by {@code |}, such as {@code flips; hue | brightness | contrast}. {@code none} changes nothing.
 *
 * <p>{@link #help} has the terms. Each also takes {@code share=1}, the probability that it is applied at all. Terms in a row that move pixels interpolate once, see {@link AugmentationChain}.
 */
public final class Augmentation {

    private static final String NONE = "none";
    private static final double HALF = 0.5;
    private static final double TURN_OF_UCTRANSNET = 20;
    private static final String MIRROR = "mirror";

    private static final List<Variation> VARIATIONS = List.of(
            new Variation(
                    "flips",
                    "one of the eight ways to lay a square on itself, of the four for an oblong",
                    Map.of(),
                    term -> new FlipsAndTurns()),
            new Variation(
                    "affine",
                    "a turn by up to angle degrees, a growth or shrinkage by up to scale, a shift by up to shift pixels;"
                            + " border is mirror or zero",
                    Map.of("angle", "0", "scale", "0", "shift", "0", "nearest", "false", "border", MIRROR),
                    term -> new AffineWarp(
                            term.number("angle", 0), term.number("scale", 0), term.number("shift", 0), sampling(term))),
            new Variation(
                    "elastic",
                    "a smooth deformation by sigma pixels at the points of a grid; border is mirror or zero",
                    Map.of("grid", "3", "sigma", "10", "nearest", "false", "border", MIRROR),
                    term -> new ElasticDeformation(term.count("grid", 3), term.number("sigma", 10), sampling(term))),
            new Variation(
                    "intensity",
                    "contrast changed by up to a share and brightness by up to as many grey levels",
                    Map.of("contrast", "0.2", "brightness", "20"),
                    term -> new IntensityShift(term.number("contrast", 0), term.number("brightness", 0))),
            new Variation(
                    "contrast",
                    "contrast alone",
                    Map.of("range", "0.2"),
                    term -> new IntensityShift(term.number("range", 0), 0)),
            new Variation(
                    "brightness",
                    "brightness alone",
                    Map.of("range", "20"),
                    term -> new IntensityShift(0, term.number("range", 0))),
            new Variation(
                    "gamma",
                    "another transfer curve, its exponent up to 1 + range or down to 1 / (1 + range)",
                    Map.of("range", "0.3"),
                    term -> new Gamma(term.number("range", 0))),
            new Variation(
                    "hue",
                    "colours turned about the grey axis by up to degrees, saturation changed by up to a share",
                    Map.of("degrees", "20", "saturation", "0.2"),
                    term -> new HueShift(term.number("degrees", 0), term.number("saturation", 0))),
            new Variation(
                    "noise",
                    "normal noise of up to sigma grey levels",
                    Map.of("sigma", "10"),
                    term -> new GaussianNoise(term.number("sigma", 0))),
            new Variation(
                    "blur",
                    "Gaussian blur of up to sigma pixels",
                    Map.of("sigma", "1"),
                    term -> new GaussianBlur(term.number("sigma", 0))),
            new Variation(
                    "uctransnet",
                    "half of the time flips, else half of the time a turn by up to 20 degrees that takes the nearest"
                            + " pixel, as the public code of UCTransNet (whose flips never leave a picture unmirrored)",
                    Map.of(),
                    term -> uctransnet()));

    private Augmentation() {}

    /**
     * Reads a chain.
     *
     * @throws IllegalArgumentException when a term or an option is unknown or out of range
     */
    public static SampleTransform parse(String text) {
        if (text.strip().equals(NONE)) {
            return SampleTransform.NONE;
        }
        List<SampleTransform> links = new ArrayList<>();
        for (List<Term> choices : terms(text)) {
            List<SampleTransform> read =
                    choices.stream().map(term -> named(term).read(term)).toList();
            links.add(read.size() == 1 ? read.get(0) : new OneOf(read));
        }
        return new AugmentationChain(links);
    }

    /**
     * The same chain with every option, so that a later default changes nothing and equal chains print equally.
     *
     * @throws IllegalArgumentException as {@link #parse} does
     */
    public static String canonical(String text) {
        if (parse(text) == SampleTransform.NONE) {
            return NONE;
        }
        return terms(text).stream()
                .map(choices -> choices.stream()
                        .map(term -> named(term).full(term).toString())
                        .collect(joining(" | ")))
                .collect(joining("; "));
    }

    /** The table for people: each term with its defaults and its meaning. */
    public static List<String> help() {
        return VARIATIONS.stream().map(Variation::help).toList();
    }

    private static List<List<Term>> terms(String text) {
        return Stream.of(text.split(";", -1))
                .map(link -> Stream.of(link.split("\\|", -1)).map(Term::parse).toList())
                .toList();
    }

    private static Variation named(Term term) {
        return VARIATIONS.stream()
                .filter(variation -> variation.name().equals(term.name()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no variation \"%s\", there are %s"
                        .formatted(
                                term.name(),
                                VARIATIONS.stream().map(Variation::name).collect(joining(", ")))));
    }

    private static Sampling sampling(Term term) {
        return new Sampling(
                term.flag("nearest", false), term.word("border", MIRROR, "zero").equals(MIRROR));
    }

    private static SampleTransform uctransnet() {
        SampleTransform turn = new AffineWarp(TURN_OF_UCTRANSNET, 0, 0, new Sampling(true, true));
        return new Either(HALF, new FlipsAndTurns(), new Either(HALF, turn, SampleTransform.NONE));
    }
}
