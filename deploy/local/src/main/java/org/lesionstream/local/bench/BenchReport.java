package org.lesionstream.local.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.lesionstream.local.sample.SampleCheckpoint;

/**
 * The result of a bench as JSON.
 *
 * @param madeBy precision and engine as the worker's answers said; absent where nothing was published
 * @param medians figure by figure over the runs
 * @param runs in their order
 */
record BenchReport(
        BenchOptions options,
        SampleCheckpoint checkpoint,
        Optional<String> madeBy,
        Figures medians,
        List<Figures> runs) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What was measured, in words: name and value. */
    Map<String, String> setting() {
        Map<String, String> setting = new LinkedHashMap<>();
        setting.put(
                "network",
                checkpoint.manifest().network().name() + " "
                        + checkpoint.manifest().network().options());
        setting.put(
                "tile",
                checkpoint.manifest().input().height() + " x "
                        + checkpoint.manifest().input().width());
        setting.put(
                "precision",
                options.precision() + madeBy.map(made -> ": " + made).orElse(""));
        setting.put("device", options.device());
        setting.put("cores", String.valueOf(Runtime.getRuntime().availableProcessors()));
        setting.put("pictures", options.images().map(Path::toString).orElse("phantoms"));
        setting.put("runs", String.valueOf(options.runs()));
        setting.put(
                "without",
                options.without().isEmpty()
                        ? "nothing"
                        : String.join(
                                ", ",
                                options.without().stream()
                                        .map(BenchStage::word)
                                        .sorted()
                                        .toList()));
        if (!options.settings().isEmpty()) {
            setting.put("settings", options.settings().toString().toLowerCase(Locale.ROOT));
        }
        return setting;
    }

    /** The last line on the terminal; the ratio stands at its end. */
    String line() {
        String precision = madeBy.map(made -> made.split(" ", 2)[0]).orElse(options.precision());
        String line = "bench: precision=" + precision + " "
                + medians.line(
                        "jobs",
                        "tiles_per_second",
                        "images_per_second",
                        "bare_tiles_per_second",
                        "batch_fill",
                        "two_share",
                        "damaged_share",
                        "own_cpu_ms",
                        "idle_urgent_p50_ms",
                        "full_urgent_p95_ms");
        double ratio = medians.value("ratio");
        return line + " ratio=" + (Double.isNaN(ratio) ? "none" : String.format(Locale.ROOT, "%.2f", floored(ratio)));
    }

    void writeJson(Path target) throws IOException {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("setting", setting());
        document.put("medians", medians.values());
        document.put("runs", runs.stream().map(Figures::values).toList());
        Map<String, String> units = new LinkedHashMap<>();
        medians.all().forEach(figure -> units.put(figure.key(), figure.unit()));
        document.put("units", units);
        JSON.writerWithDefaultPrettyPrinter().writeValue(target.toFile(), document);
    }

    /** Cut, never rounded up: 0.899 is not 0.90. */
    private static double floored(double ratio) {
        return Math.floor(ratio * 100) / 100;
    }
}
