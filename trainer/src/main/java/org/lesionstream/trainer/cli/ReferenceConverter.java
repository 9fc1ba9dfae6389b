package org.lesionstream.trainer.cli;

import org.lesionstream.schemas.checkpoint.CheckpointReference;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** {@code name@version}, {@code name@alias} or {@code name@sha256:…} on the command line. */
final class ReferenceConverter implements ITypeConverter<CheckpointReference> {

    @Override
    @SuppressWarnings("UnusedException") // the new message says what the old one said
    public CheckpointReference convert(String text) {
        try {
            return CheckpointReference.parse(text);
        } catch (IllegalArgumentException malformed) {
            throw new TypeConversionException(
                    "must be name@version, name@alias or name@sha256:digest, was '" + text + "'");
        }
    }
}
