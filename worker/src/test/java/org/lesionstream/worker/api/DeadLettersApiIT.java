package org.lesionstream.worker.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lesionstream.worker.testing.SampleJob.aJob;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.worker.delivery.JobOutcome;
import org.lesionstream.worker.testing.AskedWorker;

/** Dead letters over HTTP, of the packaged worker. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeadLettersApiIT {
    private static final Duration SOON = Duration.ofSeconds(90);

    @TempDir
    private static Path folder;

    private AskedWorker worker;

    @BeforeAll
    void start() throws IOException {
        worker = AskedWorker.start(folder, Files.createDirectories(folder.resolve("pictures")));
    }

    @AfterAll
    void stop() throws IOException {
        if (worker != null) {
            worker.close();
        }
    }

    @Test
    void listsDeadLettersPageByPageUnderAFilter() throws Exception {
        worker.store(
                List.of(aJob("list-good").by("listed@7").segmented(1)),
                aJob("list-1").by("listed@7").deadLettered(FailureCode.SOURCE_NOT_FOUND),
                aJob("list-2").by("listed@7").deadLettered(FailureCode.SOURCE_NOT_FOUND),
                aJob("list-3").by("listed@7").deadLettered(FailureCode.IMAGE_DAMAGED),
                aJob("list-4").by("listed@7").deadLettered(FailureCode.DATABASE_UNAVAILABLE));

        List<String> seen = new ArrayList<>();
        String after = "";
        do {
            JsonNode page = worker.json("/api/dead-letters?checkpoint=listed&size=3" + after);
            seen.addAll(ids(page));
            after = page.get("next").isNull()
                    ? ""
                    : "&after=" + page.get("next").textValue();
        } while (!after.isEmpty());

        assertThat(seen).containsExactlyInAnyOrder("list-1", "list-2", "list-3", "list-4");
        assertThat(ids(worker.json("/api/dead-letters?checkpoint=listed&code=SOURCE_NOT_FOUND&code=IMAGE_DAMAGED")))
                .containsExactlyInAnyOrder("list-1", "list-2", "list-3");
        assertThat(ids(worker.json("/api/dead-letters?checkpoint=listed&type=transient&lane=urgent")))
                .containsExactly("list-4");
        assertThat(ids(worker.json("/api/dead-letters?case=case-of-list-3"))).containsExactly("list-3");
        assertThat(ids(worker.json("/api/dead-letters?checkpoint=listed&lane=backfill")))
                .isEmpty();
        assertThat(ids(worker.json("/api/dead-letters?checkpoint=listed&to=2020-01-01")))
                .isEmpty();
        assertThat(worker.json("/api/dead-letters?checkpoint=listed").toString())
                .as("the list holds nothing of the jobs")
                .doesNotContain("file:///");
    }

    @Test
    void showsWhatADeadLetterMeansAlsoOfAnUnreadableMessage() throws Exception {
        JobOutcome.DeadLettered unreadable = aJob("unknown").at(4242).unreadable();
        worker.store(List.of(), aJob("shown").deadLettered(FailureCode.CHECKSUM_MISMATCH), unreadable);

        JsonNode shown = worker.json("/api/dead-letters/shown");
        assertThat(shown.at("/outcome").textValue()).isEqualTo("DEAD_LETTER");
        assertThat(shown.at("/letter/job/jobId").textValue()).isEqualTo("shown");
        assertThat(shown.at("/letter/code").textValue()).isEqualTo("CHECKSUM_MISMATCH");
        assertThat(shown.at("/advice/remedy").textValue()).contains("replay");
        assertThat(shown.at("/earlier").isArray()).isTrue();
        JsonNode other = worker.json("/api/dead-letters/" + unreadable.jobId());
        assertThat(other.at("/letter/job").isMissingNode()).isTrue();
        assertThat(other.at("/letter/source/offset").longValue()).isEqualTo(4242);
        worker.problem(404, "/api/dead-letters/nobody");
        worker.problem(400, "/api/dead-letters?code=DOE");
    }

    @Test
    void previewsAReplayAndDoesItWhenTold() throws Exception {
        worker.store(List.of(), aJob("replayed").by("nobody@7").deadLettered(FailureCode.INTERNAL_ERROR));

        JsonNode preview = worker.post("/api/dead-letters/replay?code=INTERNAL_ERROR");
        assertThat(preview.at("/dryRun").booleanValue()).isTrue();
        assertThat(preview.at("/replayed/INTERNAL_ERROR").intValue()).isEqualTo(1);
        assertThat(preview.at("/jobs/0/position").isNull()).isTrue();
        assertThat(worker.json("/api/dead-letters/replayed").at("/earlier")).isEmpty();

        JsonNode replay = worker.post("/api/dead-letters/replay?id=replayed&id=nobody&yes=true&by=ann");
        assertThat(replay.at("/replayed/INTERNAL_ERROR").intValue()).isEqualTo(1);
        assertThat(replay.at("/refused/UNKNOWN").intValue()).isEqualTo(1);
        assertThat(replay.at("/jobs/0/position/topic").textValue()).isEqualTo("image-jobs");

        JsonNode after = awaitReplay("replayed", 1); // no such checkpoint: it is a dead letter once more
        assertThat(after.at("/letter/code").textValue()).isEqualTo("CHECKPOINT_UNKNOWN");
        assertThat(after.at("/earlier/0/code").textValue()).isEqualTo("INTERNAL_ERROR");
        assertThat(after.at("/earlier/0/requestedBy").textValue()).isEqualTo("ann");
        assertThat(after.at("/earlier/0/published/offset").isNumber()).isTrue();
        assertThat(after.at("/pending").isNull()).isTrue();
    }

    private static List<String> ids(JsonNode page) {
        return StreamSupport.stream(page.get("deadLetters").spliterator(), false)
                .map(letter -> letter.get("jobId").textValue())
                .toList();
    }

    /** Asks until the replay has its outcome; the worker is at work meanwhile. */
    private JsonNode awaitReplay(String id, int replay) throws Exception {
        long limit = System.nanoTime() + SOON.toNanos();
        JsonNode shown = worker.json("/api/dead-letters/" + id);
        while (shown.at("/replay").intValue() < replay && System.nanoTime() < limit) {
            shown = worker.json("/api/dead-letters/" + id);
        }
        assertThat(shown.at("/replay").intValue()).isEqualTo(replay);
        return shown;
    }
}
