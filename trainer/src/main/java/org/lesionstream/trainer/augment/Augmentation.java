package org.lesionstream.trainer.augment;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.lesionstream.trainer.data.SampleTransform;
import org.lesionstream.trainer.term.Term;

/**
 * Variations by text: terms that follow each other are joined by {@code ;}, terms of which one is drawn by {@code |}, such as {@code flips; hue | brightness | contrast}. {@code none} changes nothing.
 *
 * <table>
 *   <caption>Terms, with the usual values; each also takes {@code share=1}, the probability that it is applied at all</caption>
 *   <tr><td>{@code flips}</td><td>one of the eight ways to lay a square on itself, {@link FlipsAndTurns}</td></tr>
 *   <tr><td>{@code affine:angle=0,scale=0,shift=0,nearest=false}</td><td>{@link AffineWarp}</td></tr>
 *   <tr><td>{@code elastic:grid=3,sigma=10}</td><td>{@link ElasticDeformation}</td></tr>
 *   <tr><td>{@code intensity:contrast=0.2,brightness=20}</td><td>{@link IntensityShift}; {@code contrast} and {@code brightness} are its halves, with {@code range}</td></tr>
 *   <tr><td>{@code gamma:range=0.3}</td><td>{@link Gamma}</td></tr>
 *   <tr><td>{@code hue:degrees=20,saturation=0.2}</td><td>{@link HueShift}</td></tr>
 *   <tr><td>{@code noise:sigma=10}</td><td>{@link GaussianNoise}</td></tr>
 *   <tr><td>{@code blur:sigma=1}</td><td>{@link GaussianBlur}</td></tr>
 *   <tr><td>{@code uctransnet}</td><td>half of the time {@code flips}, else half of the time a turn by up to 20 degrees that takes the nearest pixel, as the public code of
 *       UCTransNet (which never leaves a picture unmirrored among its flips)</td></tr>
 * </table>
 */
public final class Augmentation {

    /** The terms, for help texts. */
    public static final String NAMES =
            "flips, affine, elastic, intensity, contrast, brightness, gamma, hue, noise, blur, uctransnet";

    private static final String SHARE = "share";
    private static final double HALF = 0.5;
    private static final double CONTRAST = 0.2;
    private static final double BRIGHTNESS = 20;
    private static final double TURN_OF_UCTRANSNET = 20;

    private Augmentation() {}

    /**
     * Reads a chain.
     *
     * @throws IllegalArgumentException when a term or an option is unknown or out of range
     */
    public static SampleTransform parse(String text) {
        if (text.strip().equals("none")) {
            return SampleTransform.NONE;
        }
        List<SampleTransform> links = new ArrayList<>();
        for (String link : text.split(";", -1)) {
            List<SampleTransform> choices = Stream.of(link.split("\\|", -1))
                    .map(choice -> term(Term.parse(choice)))
                    .toList();
            links.add(choices.size() == 1 ? choices.get(0) : new OneOf(choices));
        }
        return links.size() == 1 ? links.get(0) : new AugmentationChain(links);
    }

    private static SampleTransform term(Term term) {
        SampleTransform always =
                switch (term.name()) {
                    case "flips" -> known(term, new FlipsAndTurns());
                    case "affine" -> known(term, affine(term), "angle", "scale", "shift", "nearest");
                    case "elastic" ->
                        known(
                                term,
                                new ElasticDeformation(term.count("grid", 3), term.number("sigma", 10)),
                                "grid",
                                "sigma");
                    case "intensity" ->
                        known(
                                term,
                                new IntensityShift(
                                        term.number("contrast", CONTRAST), term.number("brightness", BRIGHTNESS)),
                                "contrast",
                                "brightness");
                    case "contrast" -> known(term, new IntensityShift(term.number("range", CONTRAST), 0), "range");
                    case "brightness" -> known(term, new IntensityShift(0, term.number("range", BRIGHTNESS)), "range");
                    case "gamma" -> known(term, new Gamma(term.number("range", 0.3)), "range");
                    case "hue" ->
                        known(
                                term,
                                new HueShift(term.number("degrees", 20), term.number("saturation", 0.2)),
                                "degrees",
                                "saturation");
                    case "noise" -> known(term, new GaussianNoise(term.number("sigma", 10)), "sigma");
                    case "blur" -> known(term, new GaussianBlur(term.number("sigma", 1)), "sigma");
                    case "uctransnet" -> known(term, uctransnet());
                    default ->
                        throw new IllegalArgumentException(
                                "there is no variation \"%s\", there are %s".formatted(term.name(), NAMES));
                };
        double share = term.number(SHARE, 1);
        return share == 1 ? always : new Either(share, always, SampleTransform.NONE);
    }

    private static AffineWarp affine(Term term) {
        return new AffineWarp(
                term.number("angle", 0), term.number("scale", 0), term.number("shift", 0), term.flag("nearest", false));
    }

    private static SampleTransform uctransnet() {
        SampleTransform turn = new AffineWarp(TURN_OF_UCTRANSNET, 0, 0, true);
        return new Either(HALF, new FlipsAndTurns(), new Either(HALF, turn, SampleTransform.NONE));
    }

    private static SampleTransform known(Term term, SampleTransform transform, String... options) {
        List<String> all = new ArrayList<>(List.of(options));
        all.add(SHARE);
        term.allowOnly(all.toArray(String[]::new));
        return transform;
    }
}
