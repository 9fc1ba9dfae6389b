package org.lesionstream.trainer.cli;

import java.util.Collections;
import java.util.List;
import org.lesionstream.trainer.data.Normalisation;
import picocli.CommandLine.Option;

/** How bytes become what a network was trained on: a mean and a deviation for each channel, by themselves or by name. */
final class NormalisationOptions {

    /** Normalisations with a name. */
    enum Named {
        UNIT,
        IMAGENET;

        private List<Double> mean() {
            return switch (this) {
                case UNIT -> List.of(0.0);
                case IMAGENET -> List.of(123.675, 116.28, 103.53);
            };
        }

        private List<Double> deviation() {
            return switch (this) {
                case UNIT -> List.of(255.0);
                case IMAGENET -> List.of(58.395, 57.12, 57.375);
            };
        }
    }

    @Option(
            names = "--normalisation",
            paramLabel = "N",
            description =
                    "unit: samples from 0 to 1 (the default); imagenet: the usual means and deviations of its colours.")
    private Named named;

    @Option(
            names = "--mean",
            split = ",",
            paramLabel = "X",
            description = "Subtracted from the samples, which are 0 to 255: one number, or one for each channel.")
    private List<Double> mean = List.of();

    @Option(
            names = "--deviation",
            split = ",",
            paramLabel = "X",
            description = "What the difference is divided by: one number, or one for each channel.")
    private List<Double> deviation = List.of();

    Normalisation of(int channels) {
        boolean byHand = !mean.isEmpty() || !deviation.isEmpty();
        if (byHand && named != null) {
            throw new IllegalArgumentException(
                    "--normalisation says mean and deviation already, leave out --mean and --deviation");
        }
        Named base = named == null ? Named.UNIT : named;
        return new Normalisation(
                spread("mean", mean.isEmpty() ? base.mean() : mean, channels),
                spread("deviation", deviation.isEmpty() ? base.deviation() : deviation, channels));
    }

    private static List<Double> spread(String what, List<Double> values, int channels) {
        if (values.size() != 1 && values.size() != channels) {
            throw new IllegalArgumentException(
                    what + " must have one value, or one for each of " + channels + " channels, had " + values.size());
        }
        return values.size() == 1 ? Collections.nCopies(channels, values.get(0)) : values;
    }
}
