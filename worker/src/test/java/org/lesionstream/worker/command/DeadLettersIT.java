package org.lesionstream.worker.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lesionstream.worker.testing.PackagedSystem.SOON;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.lesionstream.schemas.checkpoint.Precision;
import org.lesionstream.schemas.message.CaseResult;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.schemas.message.MessageCodec;
import org.lesionstream.worker.testing.Answers;
import org.lesionstream.worker.testing.PackagedSystem;
import org.lesionstream.worker.testing.TinyNetwork;
import picocli.CommandLine;

/** Dead letters of the packaged worker, mended and replayed by the command while it runs. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeadLettersIT {
    private final ObjectMapper json = new ObjectMapper();
    private final MessageCodec codec = new MessageCodec();

    @TempDir
    private static Path folder;

    private PackagedSystem system;
    private Answers answers;

    private record Run(int status, String out, String err) {}

    @BeforeAll
    void startEverything() throws IOException {
        system = PackagedSystem.start(folder, Map.of());
        answers = system.answers();
    }

    @AfterAll
    void stopEverything() throws IOException {
        if (system != null) {
            system.close();
        }
    }

    @Test
    void segmentsAJobWhosePictureWasMissingOnceItIsThere() throws Exception {
        Path missing = system.path("images").resolve("missing.png");
        system.submit("c-1", PackagedSystem.job("here", "c-1", 1, 2, system.picture("here.png", 1)));
        answers.await("here#0", SOON);
        system.submit("c-1", PackagedSystem.job("missing", "c-1", 2, 2, missing));
        answers.await("missing#0", SOON);
        assertThat(caseResult("c-1/lesion@production#1").missing()).containsExactly(2);

        assertThat(run("list", "--code", "SOURCE_NOT_FOUND", "--case", "c-1").out())
                .contains("missing", "SOURCE_NOT_FOUND")
                .doesNotContain("missing.png");
        assertThat(run("show", "missing").out()).contains("Nothing is where the picture should be.", "missing.png");
        Run preview = run("replay", "missing");
        assertThat(preview.out()).contains("Nothing was sent", "dry-run=true replayed=1 refused=0");

        Files.copy(system.picture("copy.png", 2), missing);
        Run replay = run("replay", "--case", "c-1", "--yes", "--by", "ann");

        assertThat(replay.status()).as(replay.err()).isZero();
        assertThat(replay.out()).contains("dry-run=false replayed=1 refused=0 more=false SOURCE_NOT_FOUND=1");
        assertThat(codec.readResult(answers.await("missing#1", SOON)).lesionCount())
                .isEqualTo(1);
        assertThat(caseResult("c-1/lesion@production#2"))
                .satisfies(result -> assertThat(result.complete()).isTrue())
                .satisfies(result ->
                        assertThat(result.totals().get(0).areaPixels()).isEqualTo(1 + 4));

        JsonNode history = json.readTree(run("show", "missing", "--json").out());
        assertThat(history.at("/outcome").textValue()).isEqualTo("SEGMENTED");
        assertThat(history.at("/replay").intValue()).isEqualTo(1);
        assertThat(history.at("/earlier/0/letter/code").textValue()).isEqualTo("SOURCE_NOT_FOUND");
        assertThat(history.at("/earlier/0/requestedBy").textValue()).isEqualTo("ann");
        Run second = run("replay", "missing", "--yes");
        assertThat(second.status()).isNotZero();
        assertThat(second.out()).contains("a mask is never replaced");

        system.submit("c-1", PackagedSystem.job("missing", "c-1", 2, 2, missing));
        answers.awaitCopies("missing#1", 2, SOON);
        assertThat(answers.copies("missing#0"))
                .as("the old answer is not given again")
                .hasSize(1);
    }

    @Test
    void replaysPixelsThatCameInsideOfTheMessage() throws Exception {
        Map<String, Object> job = new HashMap<>(PackagedSystem.job("inline", "c-2", 1, 1, Path.of("/nowhere")));
        byte[] png = Files.readAllBytes(system.picture("inline.png", 3));
        job.put("image", Map.of("inline", Base64.getEncoder().encodeToString(png)));
        job.put("checkpoint", "later@production");
        system.submit("c-2", job);
        assertThat(codec.readDeadLetter(answers.await("inline#0", SOON)).code())
                .isEqualTo(FailureCode.CHECKPOINT_UNKNOWN);

        system.store().publish("later", 1, TinyNetwork.THRESHOLD, Precision.FP32);
        system.store().promote("later", 1, "production");
        Run replay = run("replay", "--checkpoint", "later", "--type", "INPUT", "--yes", "--json");

        assertThat(replay.status()).as(replay.err()).isZero();
        JsonNode line = json.readTree(replay.out()).get("jobs").get(0);
        assertThat(line.get("way").textValue()).isEqualTo("FROM_SOURCE");
        assertThat(line.get("replay").intValue()).isEqualTo(1);
        assertThat(codec.readResult(answers.await("inline#1", SOON))
                        .totals()
                        .get(0)
                        .areaPixels())
                .isEqualTo(9);
    }

    @Test
    void answersAnUnreadableMessageThatIsSentAgainUnderItsNewPosition() throws Exception {
        answers.send("image-jobs", "who knows", "{\"jobId\": \"unreadable-");
        answers.awaitMatching("unreadable:image-jobs:.*", SOON);
        JsonNode listed =
                json.readTree(run("list", "--code", "INVALID_JSON", "--json").out());
        assertThat(listed.get("deadLetters")).hasSize(1);
        String id = listed.at("/deadLetters/0/jobId").textValue();

        Run replay = run("replay", id, "--yes", "--json");

        assertThat(replay.status()).as(replay.err()).isZero();
        JsonNode position = json.readTree(replay.out()).at("/jobs/0/position");
        String again = "unreadable:image-jobs:" + position.get("partition") + ":" + position.get("offset");
        assertThat(codec.readDeadLetter(answers.await(again + "#0", SOON)).code())
                .isEqualTo(FailureCode.INVALID_JSON);
        assertThat(run("replay", id, "--yes").out()).contains("their answer stands under the new position");
    }

    private CaseResult caseResult(String id) {
        return codec.readCaseResult(answers.await(id, SOON));
    }

    private Run run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        List<String> all = new ArrayList<>(List.of("dead-letters"));
        all.addAll(List.of(arguments));
        all.addAll(List.of(
                "--jdbc-url",
                system.database().jdbcUrl(),
                "--user",
                system.database().user()));
        if (arguments[0].equals("replay")) {
            all.addAll(List.of("--bootstrap-servers", system.bootstrapServers()));
        }
        int status = new CommandLine(new WorkerCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err, true))
                .execute(all.toArray(String[]::new));
        return new Run(status, out.toString(), err.toString());
    }
}
