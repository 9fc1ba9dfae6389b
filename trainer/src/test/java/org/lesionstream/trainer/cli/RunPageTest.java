package org.lesionstream.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lesionstream.trainer.testing.HtmlPages.parsed;
import static org.lesionstream.trainer.testing.HtmlPages.texts;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionstream.trainer.recipe.Recipe;
import org.lesionstream.trainer.recipe.RecipeFile;
import org.lesionstream.trainer.recipe.Setting;
import org.lesionstream.trainer.training.EpochReport;
import org.lesionstream.trainer.training.StepReport;
import org.lesionstream.trainer.training.TrainingOutcome;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class RunPageTest {

    private static final String REFRESH = "<meta http-equiv=\"refresh\" content=\"10\">";
    private static final EpochReport FIRST = epoch(1, 0.9, 0.5);
    private static final EpochReport SECOND = epoch(2, 0.6, 0.8);
    private static final EpochReport THIRD = epoch(3, 0.5, 0.7);
    private static final List<EpochReport> CURVE = List.of(FIRST, SECOND, THIRD);

    @TempDir
    private Path folder;

    private final Recipe recipe =
            RecipeFile.named("unetpp-2018").with(Setting.NETWORK, "<script>a & b</script>", "a test");
    private final StringWriter err = new StringWriter();
    private long seconds;

    @Test
    void aPageOfARunThatGoesOnLoadsItselfAgain() throws Exception {
        try (RunPage page = page()) {
            assertThat(html()).contains(REFRESH, "The run begins.", "No epoch is done yet.");
            page.begins(List.of(), Optional.empty());
            page.epochDone(List.of(FIRST), Optional.of(FIRST));
            assertThat(html()).contains(REFRESH, "The run goes on.").doesNotContain("No epoch is done yet.");
            page.epochDone(CURVE, Optional.of(SECOND));
            page.trained(new TrainingOutcome(true, "the time is up", 2, CURVE));
            assertThat(html()).as("the export can still fail").contains(REFRESH, "the time is up", "not published yet");
        }
    }

    @Test
    void theLastPageOfARunSaysHowItEndedAndStays() throws Exception {
        TrainingOutcome outcome = new TrainingOutcome(true, "early stop", 2, CURVE);
        try (RunPage page = page()) {
            page.stepDone(step(0.5));
            page.epochDone(CURVE, Optional.of(SECOND));
            assertThat(texts(parsed(html()), "td")).contains("50 %", "1:02:03");
            page.trained(outcome);
            page.published(outcome, "lesion@3");
        }
        assertThat(html())
                .doesNotContain("http-equiv")
                .contains("Training is finished: early stop. Published as lesion@3.");
        assertThat(texts(parsed(html()), "td")).contains("100 %", "0:00:00").doesNotContain("50 %");
    }

    @Test
    void anInterruptedRunSaysThatItCanGoOn() throws Exception {
        try (RunPage page = page()) {
            page.trained(new TrainingOutcome(false, "interrupted", 0, List.of()));
        }
        assertThat(html()).doesNotContain("http-equiv").contains("interrupted and kept", "--resume");
    }

    @Test
    void aRunThatFailsDoesNotSeemToGoOn() throws Exception {
        RunPage page = page();
        page.begins(List.of(), Optional.empty());
        page.close();
        assertThat(html()).doesNotContain("http-equiv").contains("ended without publishing");
    }

    @Test
    void theCurvesHoldEveryEpochAndMarkTheBest() throws Exception {
        try (RunPage page = page()) {
            page.begins(List.of(FIRST), Optional.of(FIRST));
            assertThat(curves()).as("what was done before").hasSize(3).allSatisfy(points -> assertThat(points)
                    .hasSize(1));
            page.epochDone(CURVE, Optional.of(SECOND));
            assertThat(curves()).hasSize(3).allSatisfy(points -> assertThat(points)
                    .hasSize(3));
            assertThat(texts(parsed(html()), "figcaption"))
                    .containsExactly("Training loss", "Validation DSC, mean of images", "Learning rate");
            assertThat(texts(parsed(html()), "title"))
                    .contains("best epoch 2: 0.600", "best epoch 2: 0.800", "best epoch 2: 0.00100")
                    .contains("last epoch 3: 0.500", "last epoch 3: 0.700");
        }
    }

    @Test
    void betweenEpochsItIsWrittenEveryTenSeconds() throws Exception {
        try (RunPage page = page()) {
            seconds = 9;
            page.stepDone(step(0.25));
            assertThat(html()).doesNotContain("25 %");
            seconds = 10;
            page.stepDone(step(0.5));
            assertThat(texts(parsed(html()), "td")).contains("50 %", "1:02:03", "7", "0.1234", "56.8", "9 %");
            assertThat(html()).contains("<progress max=\"1\" value=\"0.5000\">", "As of 1970-01-01T00:00:10Z.");
            seconds = 19;
            page.stepDone(step(0.75));
            assertThat(html()).doesNotContain("75 %");
        }
    }

    @Test
    void nothingIsLeftToSayWhereOnlyPatienceEndsARun() throws Exception {
        try (RunPage page = page()) {
            seconds = 10;
            page.stepDone(step(0));
            assertThat(texts(parsed(html()), "td")).contains("0 %", "–").doesNotContain("1:02:03");
        }
    }

    @Test
    void itNamesTheRecipeWithEverySettingAsText() throws Exception {
        try (RunPage page = page()) {
            Document parsed = parsed(html());
            assertThat(texts(parsed, "h1")).containsExactly("Training of <lesion>/fold-1");
            assertThat(texts(parsed, "h2")).contains("Recipe unetpp-2018");
            for (Setting setting : Setting.values()) {
                assertThat(texts(parsed, "td")).contains(setting.key(), recipe.text(setting));
            }
        }
    }

    @Test
    void itHoldsNoPictureAndLoadsNothing() throws Exception {
        try (RunPage page = page()) {
            page.epochDone(CURVE, Optional.of(SECOND));
            assertThat(html()).doesNotContain("<img", "data:", "src=", "href=", "url(", "@import", "<link", "<script");
        }
    }

    @Test
    void aPageThatCannotBeWrittenIsToldOnceAndEndsNothing() throws IOException {
        try (RunPage page = page()) {
            Files.delete(folder.resolve(RunPage.NAME));
            Files.createDirectories(folder.resolve(RunPage.NAME).resolve("in the way"));
            page.epochDone(List.of(FIRST), Optional.of(FIRST));
            page.epochDone(CURVE, Optional.of(SECOND));
        }
        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .startsWith("warning: ")
                .contains(RunPage.NAME);
    }

    private RunPage page() {
        return new RunPage(
                folder.resolve(RunPage.NAME),
                "<lesion>/fold-1",
                recipe,
                new PrintWriter(err),
                () -> Duration.ofSeconds(seconds).toNanos(),
                () -> Instant.ofEpochSecond(seconds));
    }

    private String html() throws IOException {
        return Files.readString(folder.resolve(RunPage.NAME));
    }

    /** The points of every curve of the page. */
    private List<List<String>> curves() throws Exception {
        Document page = parsed(html());
        List<List<String>> curves = new ArrayList<>();
        for (int index = 0; index < page.getElementsByTagName("polyline").getLength(); index++) {
            Element line = (Element) page.getElementsByTagName("polyline").item(index);
            if (line.getAttribute("class").startsWith("line ")) {
                curves.add(List.of(line.getAttribute("points").split(" ")));
            }
        }
        return curves;
    }

    private static EpochReport epoch(int number, double loss, double dice) {
        return new EpochReport(number, loss, dice, 0.001, Duration.ofSeconds(30L * number));
    }

    private static StepReport step(double progress) {
        Duration left = Duration.ofHours(1).plusMinutes(2).plusSeconds(3);
        return new StepReport(7, 0.1234, progress, left, 56.78, 0.09);
    }
}
