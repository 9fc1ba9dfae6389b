package org.lesionstream.local.scale;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.lesionstream.local.report.CurveChart;
import org.lesionstream.local.report.Html;
import org.lesionstream.local.report.Page;
import org.lesionstream.local.scale.model.DayOutcome.Moment;
import org.lesionstream.local.scale.model.Scenario;

/** The comparison as one page for people: a table for each scenario, and replicas and lag over the day for each of the settings. */
final class ScalePage {

    private static final int MINUTES = 5;
    private static final int HOURS_BETWEEN_MARKS = 4;
    private static final double HOUR = 3600;

    private final ScaleReport report;

    ScalePage(ScaleReport report) {
        this.report = report;
    }

    /** Writes the page, in place of any older one. */
    void write(Path target) throws IOException {
        Page.write(
                target,
                "Lesionstream scaling",
                head() + report.scenarios().stream().map(this::scenario).collect(Collectors.joining()));
    }

    private String head() {
        String basis = report.basis().entrySet().stream()
                .map(entry -> entry.getKey() + ": " + entry.getValue())
                .collect(Collectors.joining("; "));
        List<String> ideas = report.days().stream()
                .map(SimulatedDay::settings)
                .distinct()
                .map(settings -> Html.row(Html.text(settings.name()), Html.text(settings.idea())))
                .toList();
        return "<h1>Lesionstream scaling</h1>\n<p class=\"hint\">Simulated. " + Html.text(basis) + "</p>\n"
                + Html.table("Settings", "What is different about each.", List.of("settings", "idea"), ideas);
    }

    private String scenario(Scenario scenario) {
        List<String> columns = new ArrayList<>();
        SimulatedDay.columns().forEach(column -> columns.add(columns.isEmpty() ? column : "#" + column));
        List<String> rows =
                report.of(scenario).stream().map(day -> row(day.cells())).toList();
        String table = Html.table(
                Html.text(scenario.name()) + ", " + Math.round(scenario.seconds() / HOUR) + " h",
                "Latencies of urgent images; changes of replicas; partitions moved, and open jobs taken again by their new owners.",
                columns,
                rows);
        return table
                + report.of(scenario).stream()
                        .map(day -> curves(day, day.equals(report.of(scenario).get(0))))
                        .collect(Collectors.joining());
    }

    private static String row(List<String> cells) {
        return Html.row(IntStream.range(0, cells.size())
                .mapToObj(i -> (i == 0 ? "" : "#") + Html.text(cells.get(i)))
                .toArray(String[]::new));
    }

    private static String curves(SimulatedDay day, boolean open) {
        String name = day.scenario().name() + ", " + day.settings().name();
        return "<details" + (open ? " open" : "") + "><summary>" + Html.text(name) + "</summary><div class=\"card\">\n"
                + legend("workers", "urgent pool", "backfill pool", "all that are ready")
                + chart(
                        name + ": workers",
                        day,
                        List.of("plain", "urgent", "backfill"),
                        List.of(Moment::ready, Moment::urgentReplicas, Moment::backfillReplicas))
                + legend("unanswered", "urgent images", "old images", "")
                + chart(name + ": urgent lag", day, List.of("urgent"), List.of(Moment::urgentLag))
                + (day.scenario().backfill().isPresent()
                        ? chart(name + ": backfill lag", day, List.of("backfill"), List.of(Moment::backfillLag))
                        : "")
                + "</div></details>\n";
    }

    private static String legend(String heading, String urgent, String backfill, String plain) {
        return "<p class=\"hint\">" + heading + " " + key("found", urgent) + key("truth", backfill)
                + (plain.isEmpty() ? "" : key("both", plain)) + "</p>\n";
    }

    private static String key(String colour, String word) {
        return "<span class=\"key\" style=\"background: var(--" + colour + ")\"></span>" + word;
    }

    private static String chart(
            String description, SimulatedDay day, List<String> styles, List<ToDoubleFunction<Moment>> values) {
        List<CurveChart.Curve> curves = IntStream.range(0, styles.size())
                .mapToObj(i -> new CurveChart.Curve(styles.get(i), sampled(day, values.get(i))))
                .toList();
        return CurveChart.svg(description, hours(day.scenario().seconds()), curves);
    }

    /** The highest value of every few minutes. */
    private static List<Double> sampled(SimulatedDay day, ToDoubleFunction<Moment> value) {
        List<Moment> curve = day.outcome().curve();
        List<Double> sampled = new ArrayList<>();
        for (int start = 0; start < curve.size(); start += MINUTES) {
            sampled.add(curve.subList(start, Math.min(curve.size(), start + MINUTES)).stream()
                    .mapToDouble(value)
                    .max()
                    .orElseThrow());
        }
        return sampled;
    }

    private static List<String> hours(double seconds) {
        return IntStream.rangeClosed(0, (int) (seconds / HOUR / HOURS_BETWEEN_MARKS))
                .mapToObj(mark -> mark * HOURS_BETWEEN_MARKS % 24 + ":00")
                .toList();
    }
}
