package org.lesionstream.trainer.cli;

import org.lesionstream.schemas.checkpoint.Precision;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** {@code fp32}, {@code bf16} or {@code fp16} on the command line. */
final class PrecisionConverter implements ITypeConverter<Precision> {

    @Override
    @SuppressWarnings("UnusedException") // the new message says what the old one said
    public Precision convert(String text) {
        try {
            return Precision.ofText(text);
        } catch (IllegalArgumentException unknown) {
            throw new TypeConversionException("must be fp32, bf16 or fp16, was '" + text + "'");
        }
    }
}
