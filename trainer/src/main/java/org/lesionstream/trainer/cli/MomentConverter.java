package org.lesionstream.trainer.cli;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A moment on the command line: with a time and a zone, or a date, which means its last moment in UTC. */
final class MomentConverter implements ITypeConverter<Instant> {

    @Override
    @SuppressWarnings("UnusedException") // the new message says more than the old one
    public Instant convert(String text) {
        try {
            return text.indexOf('T') < 0
                    ? LocalDate.parse(text)
                            .plusDays(1)
                            .atStartOfDay(ZoneOffset.UTC)
                            .toInstant()
                            .minusNanos(1)
                    : DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text, Instant::from);
        } catch (DateTimeParseException malformed) {
            throw new TypeConversionException(
                    "must be a date such as 2026-11-20 or a moment such as 2026-11-20T12:00:00Z, was '" + text + "'");
        }
    }
}
