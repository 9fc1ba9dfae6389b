package org.lesionstream.worker.persist;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/**
 * The ends of a period as people write them: a day such as {@code 2026-01-31}, which is one in UTC, or a moment such as {@code
 * 2026-01-31T12:00:00Z}.
 *
 * <p>Both throw {@link DateTimeException} for any other text.
 */
public final class DayOrMoment {
    private static final int DAY_LENGTH = "2026-01-31".length();

    private DayOrMoment() {}

    /** The begin: midnight of the day, or the moment. */
    public static Instant from(String text) {
        return moment(text, 0);
    }

    /** The end, which does not belong to the period: midnight after the day, or the moment. */
    public static Instant until(String text) {
        return moment(text, 1);
    }

    private static Instant moment(String text, int daysLater) {
        return text.length() == DAY_LENGTH
                ? LocalDate.parse(text)
                        .plusDays(daysLater)
                        .atStartOfDay(ZoneOffset.UTC)
                        .toInstant()
                : OffsetDateTime.parse(text).toInstant();
    }
}
