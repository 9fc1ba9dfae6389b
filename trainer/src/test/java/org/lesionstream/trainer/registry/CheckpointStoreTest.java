package org.lesionstream.trainer.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionstream.schemas.checkpoint.AliasChange;
import org.lesionstream.schemas.checkpoint.CheckpointManifest;
import org.lesionstream.schemas.checkpoint.CheckpointReference;
import org.lesionstream.trainer.testing.ADraft;

class CheckpointStoreTest {

    @TempDir
    private Path folder;

    private CheckpointStore store;

    @BeforeEach
    void openTheStore() {
        store = new CheckpointStore(folder.resolve("store"));
    }

    @Test
    void numbersTheVersionsOfEachNameFromOne() throws IOException {
        assertThat(store.publish("lesion", new ADraft("lesion", "a")).manifest().version())
                .isEqualTo(1);
        assertThat(store.publish("lesion", new ADraft("lesion", "b")).manifest().version())
                .isEqualTo(2);
        assertThat(store.publish("polyp", new ADraft("polyp", "c")).manifest().version())
                .isEqualTo(1);
        assertThat(names(store.list())).containsExactly("lesion@1", "lesion@2", "polyp@1");
    }

    @Test
    void ordersVersionsAsNumbers() throws IOException {
        for (int i = 0; i < 11; i++) {
            store.publish("lesion", new ADraft("lesion", "word " + i));
        }
        assertThat(store.list("lesion")).last().satisfies(last -> assertThat(last.version())
                .isEqualTo(11));
    }

    @Test
    void aStoreThatDoesNotExistYetIsEmpty() throws IOException {
        assertThat(store.list()).isEmpty();
        assertThat(store.list("lesion")).isEmpty();
    }

    @Test
    void findsAVersionByEveryKindOfReference() throws IOException {
        PublishedCheckpoint published = store.publish("lesion", new ADraft("lesion", "a"));
        store.publish("lesion", new ADraft("lesion", "b"));
        new Promotion(folder.resolve("store"))
                .promote("lesion", new AliasChange("production", 1, Instant.EPOCH, "ada", "first"));
        for (String reference : List.of(
                "lesion@1",
                "lesion@production",
                "lesion@sha256:" + published.manifest().digest())) {
            assertThat(store.resolve(CheckpointReference.parse(reference)))
                    .as(reference)
                    .isEqualTo(published);
        }
    }

    @Test
    void saysWhichReferenceIsUnknown() throws IOException {
        store.publish("lesion", new ADraft("lesion", "a"));
        for (String reference :
                List.of("lesion@2", "lesion@production", "lesion@sha256:" + "0".repeat(64), "polyp@1", "polyp@x")) {
            assertThatThrownBy(() -> store.resolve(CheckpointReference.parse(reference)))
                    .isInstanceOf(UnknownCheckpointException.class)
                    .hasMessageContaining(reference);
        }
    }

    @Test
    void publishesNothingWhenTheWriterFails() throws IOException {
        assertThatThrownBy(() -> store.publish("lesion", draft -> {
                    Files.writeString(draft.resolve("half"), "half");
                    throw new IOException("disk full");
                }))
                .hasMessage("disk full");
        assertThat(store.list()).isEmpty();
        assertThat(folder.resolve("store/lesion")).isEmptyDirectory();
    }

    @Test
    void publishesNothingWhenAFileIsNotWhatTheManifestSays() throws IOException {
        assertThatThrownBy(() -> store.publish("lesion", draft -> {
                    var manifests = new ADraft("lesion", "a").write(draft);
                    Files.writeString(draft.resolve("model.fp32.pt"), "b");
                    return manifests;
                }))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("model.fp32.pt of lesion@1");
        assertThat(folder.resolve("store/lesion")).isEmptyDirectory();
    }

    @Test
    void refusesAManifestOfAnotherCheckpoint() {
        assertThatThrownBy(() -> store.publish("lesion", new ADraft("polyp", "a")))
                .hasMessageContaining("lesion@1")
                .hasMessageContaining("polyp@1");
    }

    @Test
    void whatWasPublishedIsReadOnly() throws IOException {
        Path version = store.publish("lesion", new ADraft("lesion", "a")).folder();
        for (Path file : DurableFiles.list(version)) {
            assertThat(Files.getPosixFilePermissions(file))
                    .doesNotContain(
                            PosixFilePermission.OWNER_WRITE,
                            PosixFilePermission.GROUP_WRITE,
                            PosixFilePermission.OTHERS_WRITE);
        }
    }

    @Test
    void noticesADamagedFile() throws IOException {
        Path version = store.publish("lesion", new ADraft("lesion", "good")).folder();
        Path model = version.resolve("model.fp32.pt");
        Files.delete(model);
        assertThatThrownBy(() -> store.resolve(CheckpointReference.parse("lesion@1")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("missing");
        Files.writeString(model, "evil");
        assertThatThrownBy(() -> store.resolve(CheckpointReference.parse("lesion@1")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("model.fp32.pt of lesion@1");
    }

    @Test
    void noticesAVersionFolderThatWasCopiedToAnotherNumber() throws IOException {
        Path version = store.publish("lesion", new ADraft("lesion", "a")).folder();
        Files.move(version, version.resolveSibling("9"));
        assertThatThrownBy(() -> store.resolve(CheckpointReference.parse("lesion@9")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("lesion@1");
    }

    @Test
    void doesNotSeeWhatACrashLeftBehind() throws IOException {
        Path home = Files.createDirectories(folder.resolve("store/lesion"));
        Files.createDirectories(home.resolve(".publishing-123"));
        assertThat(store.list()).isEmpty();
        assertThat(store.publish("lesion", new ADraft("lesion", "a")).manifest().version())
                .isEqualTo(1);
    }

    @Test
    void takesTheNextNumberWhenSomebodyElseIsAMomentFaster() throws IOException {
        ContestedStorage storage = new ContestedStorage(folder.resolve("store"));
        storage.before(() -> store.publish("lesion", new ADraft("lesion", "rival")));
        storage.before(() -> store.publish("lesion", new ADraft("lesion", "another")));
        PublishedCheckpoint slow = new CheckpointStore(storage).publish("lesion", new ADraft("lesion", "slow"));
        assertThat(slow.manifest().version()).isEqualTo(3);
        assertThat(slow.folder().resolve("model.fp32.pt")).hasContent("slow");
        assertThat(store.resolve(CheckpointReference.parse("lesion@3"))).isEqualTo(slow);
    }

    @Test
    void publishersAtTheSameMomentGetNumbersOfTheirOwn() throws Exception {
        int publishers = 8;
        CyclicBarrier allHaveWritten = new CyclicBarrier(publishers);
        ExecutorService pool = Executors.newFixedThreadPool(publishers);
        try {
            List<Future<PublishedCheckpoint>> results = new ArrayList<>();
            for (int i = 0; i < publishers; i++) {
                String word = "publisher " + i;
                results.add(pool.submit(() -> store.publish("lesion", draft -> {
                    var manifests = new ADraft("lesion", word).write(draft);
                    await(allHaveWritten);
                    return manifests;
                })));
            }
            List<Integer> numbers = new ArrayList<>();
            for (Future<PublishedCheckpoint> result : results) {
                numbers.add(result.get().manifest().version());
            }
            assertThat(numbers)
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.rangeClosed(1, publishers).boxed().toList());
            for (int version : numbers) {
                store.resolve(new CheckpointReference.ByVersion("lesion", version));
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private static void await(CyclicBarrier barrier) throws IOException {
        try {
            barrier.await(1, TimeUnit.MINUTES);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException failure) {
            throw new IOException("the other publishers did not come", failure);
        }
    }

    private static List<String> names(List<CheckpointManifest> list) {
        return list.stream().map(each -> each.name() + "@" + each.version()).toList();
    }
}
