package org.lesionstream.local.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.lesionstream.local.report.BarChart;
import org.lesionstream.local.report.Html;
import org.lesionstream.local.report.Page;
import org.lesionstream.local.report.ThroughputChart;
import org.lesionstream.local.traffic.JobLane;

/** The bench as one page for people: the figures that matter, charts of where the time goes, and every figure of every run. */
final class BenchPage {

    private final BenchReport report;
    private final RunResult lastRun;

    /** @param lastRun whose answers are drawn over time */
    BenchPage(BenchReport report, RunResult lastRun) {
        this.report = report;
        this.lastRun = lastRun;
    }

    /** Writes the page, in place of any older one. */
    void write(Path target) throws IOException {
        Page.write(
                target, "Lesionstream bench", head() + answered() + latencies() + busy() + processor() + everything());
    }

    private String head() {
        Map<String, String> tiles = new LinkedHashMap<>();
        Figures medians = report.medians();
        tiles.put("end to end / bare loop", Figures.number(medians.value("ratio")));
        tiles.put("tiles per second", Figures.number(medians.value("tiles_per_second")));
        tiles.put("images per second", Figures.number(medians.value("images_per_second")));
        tiles.put("ms CPU per job beside decode and inference", Figures.number(medians.value("own_cpu_ms")));
        String setting = report.setting().entrySet().stream()
                .map(entry -> entry.getKey() + ": " + entry.getValue())
                .collect(Collectors.joining("; "));
        return "<h1>Lesionstream bench</h1>\n<p class=\"hint\">" + Html.text(setting) + "</p>\n<div class=\"tiles\">\n"
                + tiles.entrySet().stream()
                        .map(tile -> "<div class=\"tile\"><b>" + Html.text(tile.getValue()) + "</b><span>"
                                + Html.text(tile.getKey()) + "</span></div>")
                        .collect(Collectors.joining("\n"))
                + "\n</div>\n";
    }

    private String answered() {
        Optional<LoadResult> full = lastRun.loads().map(RunResult.Loads::full);
        JobLog log = full.orElse(lastRun.backlog()).log();
        if (log.answered() == 0) {
            return "";
        }
        return "<h2>Images answered over time</h2>\n<p class=\"hint\">"
                + (full.isPresent() ? "Full load of the last run." : "Backlog of the last run.")
                + " <span class=\"key\" style=\"background: var(--found)\"></span>urgent lane"
                + "<span class=\"key\" style=\"background: var(--truth)\"></span>backfill lane</p>\n<div class=\"card\">\n"
                + ThroughputChart.svg(seconds(log, JobLane.URGENT), seconds(log, JobLane.BACKFILL)) + "</div>\n";
    }

    private static List<Double> seconds(JobLog log, JobLane lane) {
        return log.answers().stream()
                .filter(answer -> answer.lane() == lane)
                .map(answer -> (answer.atMillis() - log.firstSentAtMillis()) / 1000.0)
                .toList();
    }

    private String latencies() {
        List<BarChart.Bar> bars = new ArrayList<>();
        for (Figure figure : report.medians().section(FigureMaker.LATENCY)) {
            boolean backlogged = figure.key().startsWith("full_backfill"); // waits for the whole backlog, by design
            if (figure.key().matches(".*_p(50|95)_ms") && !backlogged) {
                bars.add(bar(figure, figure.key().contains("urgent") ? "urgent" : "backfill"));
            }
        }
        return bars.isEmpty() ? "" : chart("Latency", "From the publication of the job to that of its answer.", bars);
    }

    private String busy() {
        double seconds = report.medians().value("seconds");
        List<BarChart.Bar> bars = report.medians().section(FigureMaker.BUSY).stream()
                .filter(figure -> figure.key().endsWith("_busy_seconds"))
                .map(figure -> new BarChart.Bar(
                        figure.label(),
                        figure.value(),
                        Html.number("%.0f %%", 100 * figure.value() / seconds),
                        "backfill"))
                .toList();
        return chart("Busy", "Share of the backlog's time in which the stage worked.", bars);
    }

    private String processor() {
        List<BarChart.Bar> bars = report.medians().section(FigureMaker.CPU).stream()
                .map(figure -> bar(figure, figure.key().equals("own_cpu_ms") ? "urgent" : "plain"))
                .toList();
        return chart("Processor time per job", "By what the thread is for.", bars);
    }

    private static BarChart.Bar bar(Figure figure, String style) {
        return new BarChart.Bar(
                figure.label(), figure.value(), Figures.number(figure.value()) + " " + figure.unit(), style);
    }

    private static String chart(String heading, String hint, List<BarChart.Bar> bars) {
        return "<h2>" + heading + "</h2>\n<p class=\"hint\">" + hint + "</p>\n<div class=\"card\">\n"
                + BarChart.svg(heading, bars) + "</div>\n";
    }

    private String everything() {
        List<String> columns = new ArrayList<>(List.of("figure", "#median"));
        for (int run = 1; run <= report.runs().size(); run++) {
            columns.add("#run " + run);
        }
        columns.add("unit");
        List<String> rows = new ArrayList<>();
        for (Figure figure : report.medians().all()) {
            List<String> cells =
                    new ArrayList<>(List.of(Html.text(figure.label()), "#" + Figures.number(figure.value())));
            report.runs().forEach(run -> cells.add("#" + Figures.number(run.value(figure.key()))));
            cells.add(figure.unit());
            rows.add(Html.row(cells.toArray(String[]::new)));
        }
        return Html.table("Every figure", "In the order of the terminal.", columns, rows);
    }
}
