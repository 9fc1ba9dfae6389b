package org.lesionstream.trainer.cli;

import org.lesionstream.trainer.metric.LesionMatching;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** An intersection over union on the command line. */
final class LesionMatchingConverter implements ITypeConverter<LesionMatching> {

    @Override
    @SuppressWarnings("UnusedException") // the new message says what the old one said
    public LesionMatching convert(String text) {
        try {
            return new LesionMatching(Double.parseDouble(text));
        } catch (IllegalArgumentException outside) {
            throw new TypeConversionException("must be a number from 0 to 1, was '" + text + "'");
        }
    }
}
