package org.lesionstream.trainer.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.lesionstream.schemas.checkpoint.AliasChange;
import org.lesionstream.schemas.checkpoint.CheckpointNote;
import org.lesionstream.schemas.checkpoint.CheckpointReference;
import org.lesionstream.trainer.testing.ADraft;
import org.lesionstream.trainer.testing.StoreProcess;
import org.lesionstream.trainer.testing.StoreProcess.Work;

/** The store under several trainers, each a process. */
@Timeout(120)
class SeveralProcessesTest {

    private static final int PROCESSES = 3;
    private static final int TIMES = 12;

    @TempDir
    private Path folder;

    private final List<StoreProcess> processes = new ArrayList<>();
    private CheckpointStore store;

    @BeforeEach
    void openTheStore() {
        store = new CheckpointStore(folder);
    }

    @AfterEach
    void endThem() {
        processes.forEach(StoreProcess::close);
    }

    @Test
    void everyVersionOfSeveralPublishersGetsANumberOfItsOwn() throws Exception {
        List<Integer> numbers = new ArrayList<>();
        for (List<String> said : letLoose(Work.PUBLISH)) {
            said.forEach(number -> numbers.add(Integer.valueOf(number)));
        }
        assertThat(numbers)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.rangeClosed(1, PROCESSES * TIMES).boxed().toList());
        for (int version : numbers) {
            store.resolve(new CheckpointReference.ByVersion("lesion", version));
        }
        assertThat(DurableFiles.list(folder.resolve("lesion")))
                .as("nothing but versions is left")
                .hasSize(PROCESSES * TIMES);
    }

    @Test
    void ofSeveralThatWantTheSameNumberOneGetsItAndTheOthersTakeTheNext() throws Exception {
        for (int i = 0; i < PROCESSES; i++) {
            StoreProcess process = StoreProcess.start(folder, Work.CHOOSE, "process " + i, 1);
            processes.add(process);
            process.go();
            process.await("chose 1");
        }
        for (StoreProcess process : processes) {
            process.go();
        }
        List<String> numbers = new ArrayList<>();
        for (StoreProcess process : processes) {
            numbers.addAll(process.rest());
        }
        assertThat(numbers).containsExactlyInAnyOrder("1", "2", "3");
        for (int version = 1; version <= PROCESSES; version++) {
            store.resolve(new CheckpointReference.ByVersion("lesion", version));
        }
    }

    @Test
    void noMovementOfSeveralProcessesIsLostOrOvertakesAnotherOfItsOwn() throws Exception {
        publishTwoVersions();
        letLoose(Work.PROMOTE);
        List<AliasChange> changes = store.aliases("lesion").changes();
        assertThat(changes).hasSize(PROCESSES * TIMES);
        for (int i = 0; i < PROCESSES; i++) {
            String who = "process " + i;
            assertThat(changes.stream()
                            .filter(change -> change.who().equals(who))
                            .map(AliasChange::why))
                    .containsExactlyElementsOf(IntStream.range(0, TIMES)
                            .mapToObj(time -> "time " + time)
                            .toList());
        }
    }

    @Test
    void noNoteOfSeveralProcessesIsLost() throws Exception {
        publishTwoVersions();
        letLoose(Work.NOTE);
        assertThat(store.notes("lesion").stream().map(note -> note.who() + " " + note.text()))
                .hasSize(PROCESSES * TIMES)
                .doesNotHaveDuplicates();
        assertThat(store.notes("lesion")).extracting(CheckpointNote::version).containsOnly(1);
    }

    @Test
    void aPublisherThatIsKilledLeavesNothingThatAnyoneSees() throws Exception {
        StoreProcess killed = start(Work.DRAFT, 0);
        killed.go();
        killed.await("written");
        killed.kill();
        assertThat(DurableFiles.list(folder.resolve("lesion")))
                .as("the draft is really there")
                .hasSize(1);
        assertThat(store.list()).isEmpty();
        assertThat(store.publish("lesion", new ADraft("lesion", "next"))
                        .manifest()
                        .version())
                .isEqualTo(1);
    }

    @Test
    void aLockIsFreeWhenItsHolderIsKilled() throws Exception {
        publishTwoVersions();
        StoreProcess holder = start(Work.LOCK, 0);
        holder.go();
        holder.await("locked");
        StoreProcess waiting = start(Work.PROMOTE, 1);
        waiting.go();
        assertThat(store.aliases("lesion").changes()).as("readers do not wait").isEmpty();
        holder.kill();
        waiting.rest();
        assertThat(store.aliases("lesion").changes()).hasSize(TIMES);
        AliasChange one = new AliasChange("canary", 1, Instant.EPOCH, "ada", "test");
        assertThat(new Promotion(folder).promote("lesion", one).changes()).endsWith(one);
    }

    private void publishTwoVersions() throws IOException {
        store.publish("lesion", new ADraft("lesion", "a"));
        store.publish("lesion", new ADraft("lesion", "b"));
    }

    /** What each process said until its end. */
    private List<List<String>> letLoose(Work work) throws IOException, InterruptedException {
        for (int i = 0; i < PROCESSES; i++) {
            start(work, i);
        }
        for (StoreProcess process : processes) {
            process.go();
        }
        List<List<String>> said = new ArrayList<>();
        for (StoreProcess process : processes) {
            said.add(process.rest());
        }
        return said;
    }

    private StoreProcess start(Work work, int number) throws IOException {
        StoreProcess process = StoreProcess.start(folder, work, "process " + number, TIMES);
        processes.add(process);
        return process;
    }
}
