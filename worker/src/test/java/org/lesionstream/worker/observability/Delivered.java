package org.lesionstream.worker.observability;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files that operators get. */
final class Delivered {
    static final Path FOLDER = Path.of("..", "deploy", "observability");
    static final Path ALERTS = FOLDER.resolve("alerts.yml");
    static final Path RUNBOOK = FOLDER.resolve("RUNBOOK.md");
    static final Path METRICS = FOLDER.resolve("METRICS.md");
    static final Path PROMETHEUS = FOLDER.resolve("prometheus.yml");
    static final Path GRAFANA = FOLDER.resolve("grafana");

    private Delivered() {}

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException absent) {
            throw new UncheckedIOException(absent);
        }
    }

    /** The dashboards, by name. */
    static List<Path> dashboards() {
        try (Stream<Path> files = Files.list(GRAFANA.resolve("dashboards"))) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        } catch (IOException absent) {
            throw new UncheckedIOException(absent);
        }
    }
}
