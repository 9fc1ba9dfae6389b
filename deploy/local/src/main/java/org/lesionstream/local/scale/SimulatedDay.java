package org.lesionstream.local.scale;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.lesionstream.local.scale.model.DayOutcome;
import org.lesionstream.local.scale.model.ScaleSettings;
import org.lesionstream.local.scale.model.Scenario;

/** A scenario under some settings, and what came of it. */
record SimulatedDay(Scenario scenario, ScaleSettings settings, DayOutcome outcome) {

    private static final double HOUR = 3600;

    /** Headings of {@link #cells}. */
    static List<String> columns() {
        return List.of(
                "settings",
                "missed",
                "p50",
                "p95",
                "p99",
                "GPU-hours",
                "mean",
                "max",
                "changes",
                "moves",
                "again",
                "clear");
    }

    /** For people: name first, then numbers with their units. */
    List<String> cells() {
        return List.of(
                settings.name(),
                number("%.2f %%", 100 * outcome.missedShare()),
                number("%.1f s", outcome.p50()),
                number("%.1f s", outcome.p95()),
                number("%.1f s", outcome.p99()),
                number("%.0f", outcome.podHours()),
                number("%.1f", outcome.meanReplicas()),
                String.valueOf(outcome.mostReplicas()),
                String.valueOf(outcome.changes()),
                String.valueOf(outcome.moves()),
                String.valueOf(outcome.takenAgain()),
                cleared());
    }

    /** For machines, by names of small letters; what there is not is null. */
    Map<String, Number> figures() {
        Map<String, Number> figures = new LinkedHashMap<>();
        figures.put("urgent_images", outcome.urgentImages());
        figures.put("missed_share", outcome.missedShare());
        figures.put("urgent_p50_seconds", finite(outcome.p50()));
        figures.put("urgent_p95_seconds", finite(outcome.p95()));
        figures.put("urgent_p99_seconds", finite(outcome.p99()));
        figures.put("urgent_worst_seconds", finite(outcome.worst()));
        figures.put("gpu_hours", outcome.podHours());
        figures.put("urgent_gpu_hours", outcome.urgentPodHours());
        figures.put("backfill_gpu_hours", outcome.backfillPodHours());
        figures.put("mean_replicas", outcome.meanReplicas());
        figures.put("most_replicas", outcome.mostReplicas());
        figures.put("replica_changes", outcome.changes());
        figures.put("rebalances", outcome.rebalances());
        figures.put("partition_moves", outcome.moves());
        figures.put("jobs_taken_again", outcome.takenAgain());
        figures.put("backfill_seconds", finite(outcome.backfillSeconds()));
        figures.put("backfill_left", outcome.backfillLeft());
        figures.put("recovery_seconds", finite(outcome.recoverySeconds()));
        return figures;
    }

    private String cleared() {
        if (scenario.backfill().isPresent()) {
            return outcome.backfillSeconds().isPresent()
                    ? number("%.1f h", outcome.backfillSeconds().getAsDouble() / HOUR)
                    : outcome.backfillLeft() + " left";
        }
        return outcome.recoverySeconds().isPresent()
                ? number("%.0f s", outcome.recoverySeconds().getAsDouble())
                : "";
    }

    private static String number(String format, double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, format, value) : "-";
    }

    private static Double finite(double value) {
        return Double.isFinite(value) ? value : null;
    }

    private static Double finite(OptionalDouble value) {
        return value.isPresent() ? value.getAsDouble() : null;
    }
}
