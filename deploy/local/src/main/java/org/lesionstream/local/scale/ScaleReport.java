package org.lesionstream.local.scale;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.lesionstream.local.scale.model.Scenario;
import org.lesionstream.local.scale.model.ServiceTimes;

/**
 * All days that were simulated, as a table, as JSON and as CSV.
 *
 * @param source where the service times come from, in words
 * @param days scenario by scenario
 */
record ScaleReport(ScaleOptions options, String source, ServiceTimes times, List<SimulatedDay> days) {

    private static final ObjectMapper JSON = new ObjectMapper();

    ScaleReport {
        days = List.copyOf(days);
    }

    /** The figures that everything rests on: name and value. */
    Map<String, String> basis() {
        Map<String, String> basis = new LinkedHashMap<>();
        basis.put("service times", source);
        basis.put(
                "one worker",
                String.format(
                        Locale.ROOT,
                        "%.2f images/s; batches of %d tiles in %.0f ms; %.1f tiles an image",
                        times.imagesPerSecond(),
                        times.batchTiles(),
                        1000 * (times.batchSeconds() + times.batchTiles() * times.tileSeconds()),
                        times.tilesPerImage()));
        basis.put(
                "load",
                String.format(
                        Locale.ROOT,
                        "%d urgent images a day, %.0f to a case, each within %.0f s; %d old ones, %d in flight",
                        options.urgentImages(),
                        options.imagesPerCase(),
                        options.deadlineSeconds(),
                        options.backfillImages(),
                        options.inFlight()));
        basis.put(
                "fleet",
                String.format(
                        Locale.ROOT,
                        "%d partitions a lane, a worker starts in %.0f s",
                        options.facts().partitions(),
                        options.facts().startSeconds()));
        basis.put("seed", String.valueOf(options.seed()));
        return basis;
    }

    List<Scenario> scenarios() {
        return days.stream().map(SimulatedDay::scenario).distinct().toList();
    }

    List<SimulatedDay> of(Scenario scenario) {
        return days.stream().filter(day -> day.scenario().equals(scenario)).toList();
    }

    /** The lines of a table for a terminal. */
    List<String> table() {
        List<String> lines = new ArrayList<>();
        for (Scenario scenario : scenarios()) {
            lines.add("");
            lines.add(scenario.name() + ", " + Math.round(scenario.seconds() / 3600) + " h");
            List<List<String>> rows = new ArrayList<>();
            rows.add(SimulatedDay.columns());
            of(scenario).forEach(day -> rows.add(day.cells()));
            lines.addAll(aligned(rows));
        }
        return lines;
    }

    /** The last line on the terminal: the first of the settings, scenario by scenario. */
    String line() {
        String shares = scenarios().stream()
                .map(scenario -> of(scenario).get(0))
                .map(day -> String.format(
                        Locale.ROOT,
                        "%s-missed=%.4f %s-gpu-hours=%.0f",
                        day.scenario().name(),
                        day.outcome().missedShare(),
                        day.scenario().name(),
                        day.outcome().podHours()))
                .collect(Collectors.joining(" "));
        return "scale-sim: settings=" + days.get(0).settings().name() + " " + shares + " seed=" + options.seed();
    }

    void writeJson(Path target) throws IOException {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("basis", basis());
        document.put(
                "settings",
                days.stream()
                        .map(SimulatedDay::settings)
                        .distinct()
                        .collect(Collectors.toMap(
                                each -> each.name(), SettingsText::of, (one, same) -> one, LinkedHashMap::new)));
        document.put("days", days.stream().map(ScaleReport::json).toList());
        JSON.writerWithDefaultPrettyPrinter().writeValue(target.toFile(), document);
    }

    void writeCsv(Path target) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("scenario,settings," + String.join(",", days.get(0).figures().keySet()));
        for (SimulatedDay day : days) {
            lines.add(day.scenario().name() + "," + day.settings().name() + ","
                    + day.figures().values().stream()
                            .map(value -> value == null ? "" : value.toString())
                            .collect(Collectors.joining(",")));
        }
        Files.write(target, lines, UTF_8);
    }

    private static Map<String, Object> json(SimulatedDay day) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("scenario", day.scenario().name());
        json.put("settings", day.settings().name());
        json.putAll(day.figures());
        return json;
    }

    /** The first column to the left, numbers to the right. */
    private static List<String> aligned(List<List<String>> rows) {
        int columns = rows.get(0).size();
        List<Integer> widths = new ArrayList<>();
        for (int column = 0; column < columns; column++) {
            int number = column;
            widths.add(rows.stream()
                    .mapToInt(row -> row.get(number).length())
                    .max()
                    .orElse(0));
        }
        return rows.stream()
                .map(row -> {
                    StringBuilder line = new StringBuilder("  ");
                    for (int column = 0; column < columns; column++) {
                        String format =
                                column == 0 ? "%-" + widths.get(column) + "s" : "  %" + widths.get(column) + "s";
                        line.append(String.format(Locale.ROOT, format, row.get(column)));
                    }
                    return line.toString().stripTrailing();
                })
                .toList();
    }
}
