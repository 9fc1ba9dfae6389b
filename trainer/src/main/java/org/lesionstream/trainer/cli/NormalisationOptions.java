package org.lesionstream.trainer.cli;

import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.lesionstream.trainer.data.Normalisation;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How samples were normalised when weights from elsewhere were trained: such files do not say. */
final class NormalisationOptions {

    /** Maps that many weights were trained with. */
    enum Known {
        /** Samples of 0 to 255 become 0 to 1. */
        UNIT,
        /** Mean and deviation of red, green and blue over the pictures of ImageNet. */
        IMAGENET;

        List<Double> mean() {
            return switch (this) {
                case UNIT -> List.of(0.0);
                case IMAGENET -> List.of(123.675, 116.28, 103.53);
            };
        }

        List<Double> deviation() {
            return switch (this) {
                case UNIT -> List.of(255.0);
                case IMAGENET -> List.of(58.395, 57.12, 57.375);
            };
        }
    }

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--normalisation",
            paramLabel = "N",
            description = "unit: samples become 0 to 1; imagenet: mean 123.675,116.28,103.53 and deviation"
                    + " 58.395,57.12,57.375 (default: unit).")
    private Known known;

    @Option(
            names = "--mean",
            split = ",",
            paramLabel = "X",
            description = "Subtracted from samples of 0 to 255: one number, or one per channel (default: 0).")
    private List<Double> mean;

    @Option(
            names = "--deviation",
            split = ",",
            paramLabel = "X",
            description = "What samples are divided by then: one number, or one per channel (default: 255).")
    private List<Double> deviation;

    /** The map for images of so many channels. */
    Normalisation normalisation(int channels) {
        if (known != null && (mean != null || deviation != null)) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--normalisation says what --mean and --deviation say; give only one of them");
        }
        Known standard = known == null ? Known.UNIT : known;
        return new Normalisation(
                perChannel("mean", mean == null ? standard.mean() : mean, channels),
                perChannel("deviation", deviation == null ? standard.deviation() : deviation, channels));
    }

    /**
     * The map of a name.
     *
     * @throws IllegalArgumentException when there is none of that name, or it is for another number of channels
     */
    static Normalisation known(String name, int channels) {
        Known map = Stream.of(Known.values())
                .filter(candidate -> candidate.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "normalisation must be measured, imagenet or unit, was \"%s\"".formatted(name)));
        return new Normalisation(
                perChannel("mean", map.mean(), channels), perChannel("deviation", map.deviation(), channels));
    }

    private static List<Double> perChannel(String what, List<Double> numbers, int channels) {
        if (!numbers.stream().allMatch(Double::isFinite)) {
            throw new IllegalArgumentException(what + " must be finite, was " + numbers);
        }
        if (numbers.size() == 1) {
            return Collections.nCopies(channels, numbers.get(0));
        }
        if (numbers.size() != channels) {
            throw new IllegalArgumentException(
                    "%s must be one number or one for each of %d channels, was %s".formatted(what, channels, numbers));
        }
        return numbers;
    }
}
