package org.lesionstream.worker.command;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.lesionstream.worker.backfill.BackfillReport;
import org.lesionstream.worker.persist.BackfillCounts;

/** The last words of a backfill. */
final class BackfillReportText {
    private static final double MILLIS = 1000.0;

    private BackfillReportText() {}

    /** One JSON document. */
    static String json(String name, BackfillReport report, Duration taken) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", name);
        fields.put("ending", ending(report));
        fields.putAll(BackfillRows.json(report.counts()));
        fields.put("unanswered", report.unanswered());
        fields.put("seconds", taken.toMillis() / MILLIS);
        fields.put("jobsPerSecond", jobsPerSecond(report.counts(), taken));
        return BackfillCommand.text(fields);
    }

    /** One line of counts, and a sentence for all that is not as it should be. */
    static String lines(String name, BackfillReport report, Duration taken) {
        BackfillCounts counts = report.counts();
        StringBuilder text = new StringBuilder();
        if (counts.refused() > 0) {
            line(text, "%d entries were refused, see the messages above.", counts.refused());
        }
        if (counts.dead() > 0) {
            line(
                    text,
                    "%d entries ended as dead letters: %s.",
                    counts.dead(),
                    counts.deadLetters().entrySet().stream()
                            .map(letters -> letters.getKey() + " " + letters.getValue())
                            .collect(Collectors.joining(", ")));
        }
        switch (report.ending()) {
            case FINISHED -> {
                if (report.unanswered() > 0) {
                    line(text, "%d entries have no outcome yet; run it again to see theirs.", report.unanswered());
                }
            }
            case STOPPED ->
                line(
                        text,
                        "It was stopped. %d jobs are still in the fleet and will be done; run it again to go on.",
                        report.unanswered());
            case REFUSED -> line(text, "It was ended by --strict. Mend the entry and run it again to go on.");
            case TAKEN_OVER ->
                line(text, "Another program has taken %s over, since this one was silent too long.", name);
        }
        line(
                text,
                "backfill: name=%s ending=%s entries=%d already-done=%d refused=%d submitted=%d segmented=%d expanded=%d dead-letters=%d"
                        + " unanswered=%d seconds=%.1f jobs-per-second=%.1f",
                name,
                ending(report),
                counts.seen(),
                counts.alreadyDone(),
                counts.refused(),
                counts.submitted(),
                counts.segmented(),
                counts.expanded(),
                counts.dead(),
                report.unanswered(),
                taken.toMillis() / MILLIS,
                jobsPerSecond(counts, taken));
        return text.toString();
    }

    private static String ending(BackfillReport report) {
        return report.ending().name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What this run brought, without what was done before. */
    private static double jobsPerSecond(BackfillCounts counts, Duration taken) {
        long answered = counts.segmented() + counts.expanded() + counts.dead() - counts.alreadyDone();
        return taken.isZero() ? 0 : answered * MILLIS / Math.max(1, taken.toMillis());
    }

    private static void line(StringBuilder text, String pattern, Object... values) {
        text.append(String.format(Locale.ROOT, pattern, values)).append(System.lineSeparator());
    }
}
