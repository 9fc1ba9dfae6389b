package org.lesionstream.trainer.report;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.lesionstream.trainer.metric.Estimate;

/** Words and numbers as they stand in a page. */
final class Html {
    /** Stands where a score does not exist. */
    static final String ABSENT = "–";

    private static final String PAGE = """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            %4$s<title>%1$s</title>
            <style>
            %2$s</style>
            </head>
            <body>
            <h1>%1$s</h1>
            %3$s</body>
            </html>
            """;

    private Html() {}

    /**
     * A whole page.
     *
     * @param title as plain text
     * @param body as HTML
     */
    static String page(String title, String body) {
        return page(title, Optional.empty(), body);
    }

    /**
     * A whole page that may load itself anew.
     *
     * @param title as plain text
     * @param refresh after how long a browser loads it again, in whole seconds
     * @param body as HTML
     */
    static String page(String title, Optional<Duration> refresh, String body) {
        String meta = refresh.map(Duration::toSeconds)
                .map("<meta http-equiv=\"refresh\" content=\"%d\">\n"::formatted)
                .orElse("");
        return PAGE.formatted(escaped(title), Style.CSS, body, meta);
    }

    /** Text that is no markup, whatever it holds; for elements and for attributes in double quotes. */
    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /** Four decimals. */
    static String number(double value) {
        return decimals(value, 4);
    }

    static String number(OptionalDouble value) {
        return value.isPresent() ? number(value.getAsDouble()) : ABSENT;
    }

    /** Any number of decimals. */
    static String decimals(double value, int decimals) {
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    /** Three significant digits, for numbers of any size. */
    static String significant(double value) {
        return String.format(Locale.ROOT, "%.3g", value);
    }

    /** A mean with its interval on the line below. */
    static String estimate(Estimate estimate, int decimals) {
        return "%s\n[%s, %s]"
                .formatted(
                        decimals(estimate.mean(), decimals),
                        decimals(estimate.low(), decimals),
                        decimals(estimate.high(), decimals));
    }

    static String estimate(Optional<Estimate> estimate, int decimals) {
        return estimate.map(present -> estimate(present, decimals)).orElse(ABSENT);
    }

    /** A share in percent. */
    static String percent(OptionalDouble share) {
        return share.isPresent() ? decimals(100 * share.getAsDouble(), 1) + " %" : ABSENT;
    }
}
