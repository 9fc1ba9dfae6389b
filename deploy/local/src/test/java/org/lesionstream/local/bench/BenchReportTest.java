package org.lesionstream.local.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionstream.local.sample.SampleCheckpoint;
import org.lesionstream.schemas.checkpoint.CheckpointReference;

class BenchReportTest {

    @TempDir
    private Path folder;

    @Test
    void endsItsLineWithTheRatioWhichIsNeverRoundedUp() {
        Figures almost = new Figures(List.of(new Figure("Throughput", "ratio", "ratio", "", 0.8999)));

        assertThat(report(SampleRun.withLoads()).line())
                .startsWith("bench: precision=fp32 ")
                .endsWith(" ratio=0.80");
        assertThat(report(almost).line()).endsWith(" ratio=0.89");
        assertThat(report(SampleRun.withoutNetworkAndLoads()).line()).endsWith(" ratio=none");
    }

    @Test
    void writesEveryFigureAsJson() throws IOException {
        report(SampleRun.withoutNetworkAndLoads()).writeJson(folder.resolve("bench.json"));

        JsonNode json = new ObjectMapper().readTree(folder.resolve("bench.json").toFile());
        assertThat(json.at("/medians/tiles_per_second").doubleValue()).isEqualTo(20);
        assertThat(json.at("/medians/ratio").isNull()).isTrue();
        assertThat(json.at("/runs/0/batch_tiles").doubleValue()).isEqualTo(4);
        assertThat(json.at("/units/batch_ms").textValue()).isEqualTo("ms");
        assertThat(json.at("/setting/without").textValue()).isEqualTo("nothing");
    }

    @Test
    void makesAPageThatNeedsNothingElse() throws IOException {
        Path target = folder.resolve("bench.html");
        new BenchPage(report(SampleRun.withLoads()), SampleRun.withLoads()).write(target);

        String page = Files.readString(target);
        assertThat(page)
                .contains(
                        "Lesionstream bench",
                        "end to end / bare loop",
                        "Images answered over time",
                        "<rect class=\"urgent\"")
                .doesNotContain("http://", "https://", "<script", "{{", "NaN");
    }

    @Test
    void drawsNoLatenciesThatWereNotMeasured() throws IOException {
        Path target = folder.resolve("bench.html");
        new BenchPage(report(SampleRun.withoutNetworkAndLoads()), SampleRun.withoutNetworkAndLoads()).write(target);

        assertThat(Files.readString(target)).doesNotContain("<h2>Latency</h2>").contains("Backlog of the last run");
    }

    private static BenchReport report(RunResult run) {
        return report(FigureMaker.of(SampleRun.manifest(), SampleRun.pictures(), run));
    }

    private static BenchReport report(Figures figures) {
        SampleCheckpoint checkpoint =
                new SampleCheckpoint(CheckpointReference.parse("bench@1"), Path.of("store"), SampleRun.manifest());
        return new BenchReport(
                BenchOptionsTest.options(100, 1), checkpoint, Optional.of("fp32 on none"), figures, List.of(figures));
    }
}
