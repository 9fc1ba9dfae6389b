package org.lesionstream.local.scale;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionstream.local.report.Terminal;
import org.lesionstream.local.scale.model.FleetFacts;

class ScaleSimTest {

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final Terminal terminal = new Terminal(new PrintStream(written, true, UTF_8), false, Clock.systemUTC());

    @Test
    void comparesAllSettingsOnAllDays() throws IOException {
        ScaleSim.run(options(List.of(), List.of()), terminal);

        String text = written.toString(UTF_8);
        assertThat(text).contains("peak, 24 h", "backfill, 36 h", "outage, 24 h", "chosen", "half-deadline");
        assertThat(text.lines().reduce((first, last) -> last).orElseThrow())
                .matches("scale-sim: settings=chosen peak-missed=0\\.\\d{4} peak-gpu-hours=\\d+ backfill-missed=.*"
                        + "outage-missed=.* seed=3");
        JsonNode json = new ObjectMapper().readTree(folder.resolve("days.json").toFile());
        assertThat(json.path("days")).hasSize(3 * json.path("settings").size());
        assertThat(json.at("/settings/chosen/urgent/trigger/lagThreshold").intValue())
                .isEqualTo(13);
        assertThat(json.at("/days/0/recovery_seconds").isNull()).isTrue();
        List<String> rows = Files.readAllLines(folder.resolve("days.csv"));
        assertThat(rows).hasSize(1 + json.path("days").size());
        assertThat(rows).allSatisfy(row -> assertThat(row.split(",", -1))
                .hasSameSizeAs(rows.get(0).split(",", -1)));
    }

    @Test
    void drawsCurvesOnAPageThatNeedsNothingElse() throws IOException {
        ScaleSim.run(options(List.of("backfill", "outage"), List.of("chosen", "fixed")), terminal);

        String page = Files.readString(folder.resolve("days.html"));
        assertThat(page)
                .contains("Lesionstream scaling", "backfill, fixed: workers", "outage, chosen: urgent lag", "<polyline")
                .doesNotContain("http://", "https://", "<script", "{{", "NaN");
    }

    @Test
    void namesWhatThereIsWhereANameIsWrong() {
        assertThatThrownBy(() -> ScaleSim.run(options(List.of("noon"), List.of()), terminal))
                .hasMessage("scenario 'noon' is none of peak, backfill, outage");
        assertThatThrownBy(() -> ScaleSim.run(options(List.of(), List.of("brave")), terminal))
                .hasMessageStartingWith("settings 'brave' is none of chosen, fixed, ");
    }

    private ScaleOptions options(List<String> scenarios, List<String> settings) {
        return new ScaleOptions(
                folder.resolve("out"),
                Optional.empty(),
                1,
                2000,
                4,
                60,
                3000,
                5000,
                FleetFacts.usual(),
                scenarios,
                settings,
                Optional.of(folder.resolve("days.json")),
                Optional.of(folder.resolve("days.csv")),
                Optional.of(folder.resolve("days.html")),
                3);
    }
}
