package org.lesionstream.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that judge checkpoints, on made-up lesions and two small networks that learnt for one and for six epochs. */
class EvaluateAndCompareTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int VALIDATION = 6;

    @TempDir
    private static Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void trainTwo() {
        EvaluateAndCompareTest test = new EvaluateAndCompareTest();
        new PhantomTraining(folder).draw();
        for (String epochs : List.of("1", "6")) {
            assertThat(test.onCases(
                            "train",
                            "--name",
                            "lesion",
                            "--network",
                            "unet-same:base=4,up=bilinear",
                            "--size",
                            "48",
                            "--batch",
                            "4",
                            "--learning-rate",
                            "0.01",
                            "--epochs",
                            epochs))
                    .as(test.err::toString)
                    .isZero();
        }
    }

    @Test
    void evaluationTellsProgramsFirstAndPeopleAfterwards() {
        assertThat(onCases("evaluate", "--checkpoint", "lesion@2"))
                .as(err::toString)
                .isZero();
        String first = out.toString().lines().findFirst().orElseThrow();
        assertThat(first).matches("DSC=0\\.\\d{4} IoU=0\\.\\d{4} split=val cases=6 checkpoint=lesion@2 precision=fp32");
        assertThat(out.toString())
                .contains("split val, 6 images", "mean of images, macro", "micro over all classes", "lesions found")
                .contains("calibration: ECE 0.");
        String dice = first.substring("DSC=".length(), first.indexOf(' '));
        assertThat(out.toString()).contains("mean of images, macro            " + dice + " [");
        assertThat(err.toString()).as("no bar where there is no terminal").isEmpty();
    }

    @Test
    void theDocumentHoldsEverySummaryAndCase() throws IOException {
        Path json = folder.resolve("scores.json");
        assertThat(onCases("evaluate", "--checkpoint", "lesion@2", "--json", json.toString()))
                .as(err::toString)
                .isZero();

        JsonNode document = JSON.readTree(Files.readAllBytes(json));
        JsonNode summary = document.path("summaries").path("val");
        JsonNode lesion = summary.path("classes").path(0);
        assertThat(summary.path("images").asInt()).isEqualTo(VALIDATION);
        assertThat(document.path("splits").path("val").path("dice").asDouble())
                .isEqualTo(summary.path("dice").path("mean").asDouble(), within(1e-12));
        assertThat(summary.path("dice").path("low").asDouble())
                .isLessThan(summary.path("dice").path("high").asDouble());
        assertThat(lesion.path("meanOfImages").path("hausdorff95Unit").asText()).isEqualTo("px");
        assertThat(lesion.path("micro").path("dice").isNumber()).isTrue();
        assertThat(lesion.path("detection").path("counts").path("truth").asInt())
                .isPositive();
        assertThat(summary.path("calibration").path("table").path("bins")).hasSize(10);
        assertThat(document.path("bootstrap").path("resamples").asInt()).isEqualTo(2000);
        assertThat(document.path("cases")).hasSize(VALIDATION);
        JsonNode first = document.path("cases").path(0).path("labels").path(0);
        assertThat(first.path("counts").path("neither").asInt()).isPositive();
        assertThat(first.path("hausdorff95Millimetres").isNull()).isTrue();
        assertThat(document.path("lesionOverlap").asDouble()).isZero();
    }

    @Test
    void theTableHasARowForEveryImageAndClass() throws IOException {
        Path csv = folder.resolve("scores.csv");
        assertThat(onCases("evaluate", "--checkpoint", "lesion@2", "--csv", csv.toString()))
                .as(err::toString)
                .isZero();

        List<String> lines = Files.readAllLines(csv);
        assertThat(lines).hasSize(1 + VALIDATION);
        int columns = lines.get(0).split(",", -1).length;
        assertThat(lines).allSatisfy(line -> assertThat(line.split(",", -1)).hasSize(columns));
        assertThat(lines.get(1)).startsWith("val,").contains(",1,lesion,0.");
    }

    @Test
    void thePageHoldsCurvesAndEveryCase() throws IOException {
        Path html = folder.resolve("page.html");
        assertThat(onCases(
                        "evaluate",
                        "--checkpoint",
                        "lesion@2",
                        "--html",
                        html.toString(),
                        "--worst",
                        "2",
                        "--middle",
                        "1",
                        "--best",
                        "1"))
                .as(err::toString)
                .isZero();

        String page = Files.readString(html);
        assertThat(page)
                .contains("DSC of every image, sorted", "DSC against lesion size", "Reliability over")
                .contains("Training loss", "Validation DSC, mean of images", "prefers-color-scheme: dark")
                .doesNotContain("http", "<script");
        assertThat(count(page, "<img src=\"data:image/png;base64,")).isEqualTo(4);
        assertThat(count(page, "src=")).isEqualTo(4);
        try (var pictures = Files.list(folder.resolve("images/val"))) {
            pictures.forEach(picture ->
                    assertThat(page).contains(picture.getFileName().toString().replace(".png", "")));
        }
    }

    @Test
    void aComparisonFindsTheNetworkThatLearntLonger() throws IOException {
        Path json = folder.resolve("comparison.json");
        Path html = folder.resolve("comparison.html");
        assertThat(onCases(
                        "compare",
                        "--checkpoint",
                        "lesion@2",
                        "--with",
                        "lesion@1",
                        "--json",
                        json.toString(),
                        "--html",
                        html.toString(),
                        "--shown",
                        "2"))
                .as(err::toString)
                .isZero();

        assertThat(out.toString().strip())
                .hasLineCount(1)
                .matches(
                        "difference=-?[0-9.]+ low=-?[0-9.]+ high=-?[0-9.]+ A=[0-9.]+ B=[0-9.]+ wins=\\d+ ties=\\d+ losses=\\d+ "
                                + "wilcoxon-p=[0-9.e-]+ sign-flip-p=[0-9.e-]+ split=val cases=6 checkpoint=lesion@2 with=lesion@1 class=lesion");
        JsonNode comparison = JSON.readTree(Files.readAllBytes(json))
                .path("comparisons")
                .path("val")
                .path(0);
        assertThat(comparison.path("difference").path("mean").asDouble())
                .isPositive()
                .isEqualTo(
                        comparison.path("diceOfA").asDouble()
                                - comparison.path("diceOfB").asDouble(),
                        within(1e-9));
        assertThat(comparison.path("wins").asInt()
                        + comparison.path("ties").asInt()
                        + comparison.path("losses").asInt())
                .isEqualTo(VALIDATION);
        String page = Files.readString(html);
        assertThat(count(page, "<img src=\"data:image/png;base64,")).isEqualTo(2 * 2);
        assertThat(page).contains("lesion@1 sha256:", "lesion@2 sha256:").doesNotContain("http");
    }

    @Test
    void aCheckpointComparedWithItselfDoesNotDiffer() {
        assertThat(onCases("compare", "--checkpoint", "lesion@2", "--with", "lesion@2"))
                .as(err::toString)
                .isZero();
        assertThat(out.toString())
                .startsWith("difference=0.0000 low=0.0000 high=0.0000")
                .contains(" wins=0 ties=6 losses=0 wilcoxon-p=1.000 sign-flip-p=1.000 ");
    }

    @Test
    void anIndexNamesTheCasesAsWellAsFoldersDo() {
        for (List<String> command : List.of(
                List.of("evaluate", "--checkpoint", "lesion@2"),
                List.of("compare", "--checkpoint", "lesion@2", "--with", "lesion@1"))) {
            assertThat(onCases(command.toArray(String[]::new)))
                    .as(err::toString)
                    .isZero();
            String ofFolders = out.toString();
            out.getBuffer().setLength(0);
            assertThat(onIndex(folder.resolve("index.csv"), command))
                    .as(err::toString)
                    .isZero();
            assertThat(out.toString()).isEqualTo(ofFolders);
            out.getBuffer().setLength(0);
        }
    }

    @Test
    void aColumnOfAnyNameSaysWhichCasesJudge() throws IOException {
        List<String> lines = Files.readAllLines(folder.resolve("index.csv"));
        List<String> renamed = new ArrayList<>(List.of(lines.get(0).replace("image,mask,split", "file,truth,part")));
        lines.stream()
                .skip(1)
                .forEach(line -> renamed.add(renamed.size() <= 4 ? line.replaceAll(",(train|val),", ",test,") : line));
        long stillJudge =
                renamed.stream().filter(line -> line.contains(",val,")).count();
        Path index = Files.write(folder.resolve("renamed.csv"), renamed);
        List<String> command = List.of("evaluate", "--checkpoint", "lesion@2");

        assertThat(onIndex(index, command)).isEqualTo(1);
        assertThat(err.toString()).contains("renamed.csv has no column image");
        assertThat(onIndex(index, command, "--columns", "image=file,mask=truth,split=part"))
                .as(err::toString)
                .isZero();
        assertThat(out.toString().lines().filter(line -> line.startsWith("DSC=")))
                .satisfiesExactly(
                        line -> assertThat(line).contains(" split=val cases=" + stillJudge + " "),
                        line -> assertThat(line).contains(" split=test cases=4 "));
    }

    @Test
    void refusesFoldersAndAnIndexAtOnceAndColumnsOfNothing() {
        assertThat(onCases("evaluate", "--checkpoint", "lesion@2", "--index", "index.csv"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("give either --images and --masks, or --index");
        assertThat(onCases("evaluate", "--checkpoint", "lesion@2", "--columns", "image=file"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("--columns goes with --index");
    }

    @Test
    void helpIsReadAsAFormatAndComesOutClean() {
        assertThat(run("compare", "--help")).isZero();
        assertThat(out.toString()).contains("95 %").doesNotContain("%%", "%n");
    }

    @Test
    void refusesAnOverlapThatIsNoShare() {
        assertThat(onCases("evaluate", "--checkpoint", "lesion@2", "--lesion-overlap", "2"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("--lesion-overlap", "from 0 to 1", "'2'");
    }

    private int onCases(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        for (String option : List.of("images", "masks", "store")) {
            all.addAll(List.of("--" + option, folder.resolve(option).toString()));
        }
        return run(all.toArray(String[]::new));
    }

    private int onIndex(Path index, List<String> command, String... more) {
        List<String> all = new ArrayList<>(command);
        all.addAll(List.of("--store", folder.resolve("store").toString(), "--index", index.toString()));
        all.addAll(List.of(more));
        return run(all.toArray(String[]::new));
    }

    private int run(String... arguments) {
        return TrainerCli.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    private static int count(String text, String part) {
        Matcher found = Pattern.compile(Pattern.quote(part)).matcher(text);
        int count = 0;
        while (found.find()) {
            count++;
        }
        return count;
    }
}
