package org.lesionstream.trainer.cli;

import org.lesionstream.schemas.checkpoint.CheckpointReference;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The name of a checkpoint on the command line, refused before any work is done for a name that no version could have. */
final class CheckpointNameConverter implements ITypeConverter<String> {

    @Override
    @SuppressWarnings("UnusedException") // the new message says what the old one said, and repeats what the user typed
    public String convert(String text) {
        try {
            CheckpointReference.checkName(text);
            return text;
        } catch (IllegalArgumentException malformed) {
            throw new TypeConversionException(
                    "must be at most 63 of a-z, 0-9, dot, underscore and hyphen, a letter or digit first, was '" + text
                            + "'");
        }
    }
}
