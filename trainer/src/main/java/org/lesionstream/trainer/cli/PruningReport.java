package org.lesionstream.trainer.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.lesionstream.schemas.checkpoint.CheckpointManifest;
import org.lesionstream.trainer.evaluation.PruningScore;
import org.lesionstream.trainer.evaluation.SplitScore;

/** What {@code evaluate --all-prunings} tells: a table for people, a line for each row of it for programs, and the same as JSON. */
final class PruningReport {
    private final CheckpointManifest manifest;
    private final List<PruningScore> scores;

    PruningReport(CheckpointManifest manifest, List<PruningScore> scores) {
        this.manifest = manifest;
        this.scores = List.copyOf(scores);
    }

    /** The document of {@code --json}. */
    record Document(String checkpoint, String digest, List<Row> prunings) {}

    /** One mode. */
    record Row(
            String pruning,
            long parameters,
            long multiplyAccumulates,
            double imagesPerSecond,
            Map<String, SplitScore> splits) {}

    Document document() {
        return new Document(
                manifest.name() + "@" + manifest.version(),
                manifest.digest().hex(),
                scores.stream()
                        .map(score -> new Row(
                                score.mode().toString(),
                                score.cost().parameters(),
                                score.cost().multiplyAccumulates(),
                                score.imagesPerSecond(),
                                score.splits()))
                        .toList());
    }

    void print(PrintWriter out) {
        out.printf(
                "%-9s %-8s %6s %6s %14s %9s %10s%n",
                "answer", "split", "DSC", "IoU", "parameters", "GMACs", "images/s");
        rows(out, "%1$-9s %2$-8s %3$6.4f %4$6.4f %5$,14d %6$9s %7$10.1f%n");
        out.println(
                "images/s counts the time of the fp32 file over tiles alone, not reading, cutting and putting together");
        rows(
                out,
                "pruning=%1$s DSC=%3$.4f IoU=%4$.4f parameters=%5$d gmacs=%6$s images-per-second=%7$.1f split=%2$s cases=%8$d%n");
        out.flush();
    }

    private void rows(PrintWriter out, String format) {
        for (PruningScore score : scores) {
            score.splits()
                    .forEach((split, scored) -> out.printf(
                            Locale.ROOT,
                            format,
                            score.mode(),
                            split,
                            scored.dice(),
                            scored.intersectionOverUnion(),
                            score.cost().parameters(),
                            Giga.print(score.cost().multiplyAccumulates()),
                            score.imagesPerSecond(),
                            scored.cases()));
        }
    }
}
