package org.lesionstream.worker.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.lesionstream.worker.testing.SampleJob.aJob;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.schemas.message.MessageCodec;
import org.lesionstream.worker.delivery.JobOutcome;
import org.lesionstream.worker.delivery.Position;
import org.lesionstream.worker.persist.DeadLetterDetails;
import org.lesionstream.worker.persist.DeadLetterOverview;
import org.lesionstream.worker.persist.EarlierLetter;
import org.lesionstream.worker.persist.OutcomeKind;
import org.lesionstream.worker.persist.PendingReplay;
import org.lesionstream.worker.persist.StoredLetter;
import org.lesionstream.worker.replay.ReplayLine;
import org.lesionstream.worker.replay.ReplayRefusal;
import org.lesionstream.worker.replay.ReplayTally;
import org.lesionstream.worker.replay.ReplayWay;
import picocli.CommandLine;

class DeadLetterTextTest {
    private static final Instant STORED = Instant.parse("2026-11-20T12:00:00.123Z");
    private static final Position SOURCE = new Position("image-jobs", 3, 41);

    private final DeadLetterText text = new DeadLetterText();

    @Test
    void saysALetterInOneLineWithNothingOfTheJobButItsIds() {
        DeadLetterOverview letter = letter(Optional.empty()).overview();

        assertThat(text.line(letter).split(" {2,}"))
                .containsExactly(
                        "2026-11-20T12:00:00Z",
                        "1",
                        "SOURCE_NOT_FOUND",
                        "INPUT",
                        "case-of-1",
                        "-" + System.lineSeparator());
        assertThat(text.json(letter).toString()).doesNotContain("file:", "labels");
        assertThat(text.line(letter(Optional.of(new PendingReplay(1, STORED, true, false)))
                        .overview()))
                .contains("1 asked for 2026-11-20T12:00:00Z, sent");
    }

    @Test
    void showsWhatALetterMeansWhatToDoAndItsHistory() throws IOException {
        DeadLetterDetails details = new DeadLetterDetails(
                "1", OutcomeKind.DEAD_LETTER, STORED, 1, Optional.of(letter(Optional.empty())), List.of(earlier()));

        assertThat(text.show(details).lines().map(String::strip))
                .contains(
                        "1: dead letter since 2026-11-20T12:00:00Z, replay 1",
                        "code      SOURCE_NOT_FOUND (INPUT) at -, attempts 1",
                        "meaning   Nothing is where the picture should be.",
                        "remedy    Put the picture there, then replay.",
                        "replay 1 asked for 2026-11-20T12:00:00Z by ann: was IMAGE_DAMAGED since 2026-11-20T12:00:00Z,"
                                + " sent to image-jobs-3@41")
                .anyMatch(line -> line.startsWith("job       {\"jobId\":\"1\""))
                .anyMatch(line -> line.startsWith("source    image-jobs-3@41, 100 bytes, sha256 "));
        JsonNode json = text.json(details);
        assertThat(json.at("/letter/job/jobId").textValue()).isEqualTo("1");
        assertThat(json.at("/advice/remedy").textValue()).contains("replay");
        assertThat(json.at("/earlier/0/letter/code").textValue()).isEqualTo("SOURCE_NOT_FOUND");
    }

    @Test
    void showsThatAJobIsSegmentedSinceItsReplay() throws IOException {
        DeadLetterDetails details =
                new DeadLetterDetails("1", OutcomeKind.SEGMENTED, STORED, 1, Optional.empty(), List.of(earlier()));

        assertThat(text.show(details)).startsWith("1: segmented since").contains("replay 1 asked for");
        assertThat(text.json(details).has("letter")).isFalse();
    }

    @Test
    void saysWhatIsReplayedAndWhatIsNotAndCountsThem() {
        ReplayLine done = new ReplayLine(
                "1",
                Optional.of("SOURCE_NOT_FOUND"),
                Optional.of(ReplayWay.FROM_LETTER),
                Optional.of(1),
                Optional.of(SOURCE),
                Optional.empty());
        ReplayLine refused = new ReplayLine(
                "2",
                Optional.of("DEADLINE_EXPIRED"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(ReplayRefusal.DEADLINE_PASSED));
        ReplayTally tally = new ReplayTally();
        tally.add(done);
        tally.add(refused);

        assertThat(text.line(done)).contains("from its letter, now image-jobs-3@41");
        assertThat(text.line(refused)).contains("not: its deadline has passed");
        assertThat(text.total(tally, true, false))
                .isEqualTo("replay: dry-run=true replayed=1 refused=1 more=false SOURCE_NOT_FOUND=1"
                        + " refused-DEADLINE_PASSED=1");
        assertThat(text.json(tally, false, true))
                .hasToString("{\"dry-run\":false,\"replayed\":{\"SOURCE_NOT_FOUND\":1},"
                        + "\"refused\":{\"DEADLINE_PASSED\":1},\"more\":true}");
    }

    @Test
    void wantsAChoiceAndRefusesWhatItCannotReadWithoutRepeatingIt() {
        String[] connections = {"--jdbc-url", "jdbc:postgresql://127.0.0.1:1/none", "--bootstrap-servers", "none:1"};

        assertThat(run("replay", connections)).startsWith("2 ").contains("Say which");
        assertThat(run("replay --from yesterday", connections))
                .startsWith("2 ")
                .contains("--from must be")
                .doesNotContain("yesterday");
        assertThat(run("replay --checkpoint DOE^JANE", connections))
                .startsWith("2 ")
                .doesNotContain("JANE");
        assertThat(run("replay --code NO_SUCH_CODE", connections)).startsWith("2 ");
        assertThat(run("replay --all --by  ", connections)).startsWith("2 ");
        assertThat(run("list --size 0 --jdbc-url jdbc:postgresql://127.0.0.1:1/none"))
                .startsWith("2 ");
        assertThat(run("list --after what --jdbc-url jdbc:postgresql://127.0.0.1:1/none"))
                .startsWith("2 ");
        assertThat(run("")).startsWith("2 ").contains("list, show or replay");
        assertThat(run("list --jdbc-url jdbc:postgresql://127.0.0.1:1/none"))
                .startsWith("1 ")
                .contains("DATABASE_UNAVAILABLE")
                .doesNotContain("Exception");
    }

    private static String run(String arguments, String... more) {
        StringWriter err = new StringWriter();
        CommandLine command = new CommandLine(new DeadLettersCommand())
                .setOut(new PrintWriter(new StringWriter()))
                .setErr(new PrintWriter(err, true));
        List<String> all = new ArrayList<>(List.of(arguments.isEmpty() ? new String[0] : arguments.split(" ", -1)));
        all.addAll(List.of(more));
        return command.execute(all.toArray(String[]::new)) + " " + err;
    }

    private static StoredLetter letter(Optional<PendingReplay> pending) {
        JobOutcome.DeadLettered outcome = aJob("1").deadLettered(FailureCode.SOURCE_NOT_FOUND);
        return new StoredLetter(
                new DeadLetterOverview(
                        "1",
                        "SOURCE_NOT_FOUND",
                        "INPUT",
                        1,
                        Optional.of("case-of-1"),
                        Optional.of("lesion@production"),
                        Optional.of(1),
                        SOURCE,
                        0,
                        pending,
                        STORED),
                message(outcome));
    }

    private static EarlierLetter earlier() {
        return new EarlierLetter(
                1,
                "IMAGE_DAMAGED",
                STORED,
                STORED,
                "ann",
                Optional.of(SOURCE),
                Optional.empty(),
                message(aJob("1").deadLettered(FailureCode.SOURCE_NOT_FOUND)));
    }

    private static String message(JobOutcome.DeadLettered outcome) {
        return new String(new MessageCodec().write(outcome.letter()), UTF_8);
    }
}
