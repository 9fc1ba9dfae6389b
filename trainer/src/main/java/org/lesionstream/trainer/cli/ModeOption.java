package org.lesionstream.trainer.cli;

import org.lesionstream.trainer.export.InferenceMode;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Which heads of a network are to answer, in two options of which one may be given. */
final class ModeOption {

    @Option(
            names = "--prune",
            paramLabel = "L",
            converter = Level.class,
            description = {
                "Keep only what head L1, L2, L3 or L4 of a UNet++ with deep supervision needs (default: as the",
                "old version). A version with another answer than before has no metrics.json: evaluate it."
            })
    private InferenceMode level;

    @Option(
            names = "--mode",
            paramLabel = "M",
            converter = Mode.class,
            description = {
                "fast: the network's own answer, one head. accurate: the average of the probabilities of all heads of a",
                "network with deep supervision (default: as the old version)."
            })
    private InferenceMode mode;

    InferenceMode orElse(InferenceMode usual) {
        return level != null ? level : mode != null ? mode : usual;
    }

    /** {@code L1} and on. */
    static final class Level implements ITypeConverter<InferenceMode> {
        @Override
        public InferenceMode convert(String text) {
            return checked(text, "[lL][1-9]", "a level such as L2");
        }
    }

    /** {@code fast} or {@code accurate}. */
    static final class Mode implements ITypeConverter<InferenceMode> {
        @Override
        public InferenceMode convert(String text) {
            return checked(text, "(?i)fast|accurate", "fast or accurate");
        }
    }

    private static InferenceMode checked(String text, String pattern, String wanted) {
        if (!text.matches(pattern)) {
            throw new TypeConversionException("must be " + wanted + ", was '" + text + "'");
        }
        return InferenceMode.parse(text);
    }
}
