package org.lesionstream.trainer.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionstream.schemas.checkpoint.AliasChange;
import org.lesionstream.schemas.checkpoint.AliasHistory;
import org.lesionstream.trainer.testing.ADraft;

class PromotionTest {

    @TempDir
    private Path folder;

    private CheckpointStore store;
    private Promotion promotion;

    @BeforeEach
    void publishTwoVersions() throws IOException {
        store = new CheckpointStore(folder);
        promotion = new Promotion(folder);
        store.publish("lesion", new ADraft("lesion", "a"));
        store.publish("lesion", new ADraft("lesion", "b"));
    }

    @Test
    void remembersEveryMovement() throws IOException {
        AliasChange first = move("production", 1);
        AliasChange second = move("production", 2);
        AliasChange back = move("production", 1);
        promotion.promote("lesion", first);
        promotion.promote("lesion", second);
        AliasHistory returned = promotion.promote("lesion", back);
        assertThat(store.aliases("lesion")).isEqualTo(returned);
        assertThat(returned.changes()).containsExactly(first, second, back);
        assertThat(returned.version("production")).hasValue(1);
    }

    @Test
    void refusesAnUnknownVersionAndChangesNothing() throws IOException {
        promotion.promote("lesion", move("production", 1));
        byte[] before = Files.readAllBytes(folder.resolve("lesion/aliases.json"));
        assertThatThrownBy(() -> promotion.promote("lesion", move("production", 3)))
                .isInstanceOf(UnknownCheckpointException.class)
                .hasMessageContaining("lesion@3");
        assertThatThrownBy(() -> promotion.promote("polyp", move("production", 1)))
                .isInstanceOf(UnknownCheckpointException.class);
        assertThat(folder.resolve("lesion/aliases.json")).hasBinaryContent(before);
        assertThat(folder.resolve("polyp")).doesNotExist();
    }

    @Test
    void refusesAVersionWithDamagedFiles() throws IOException {
        Path model = folder.resolve("lesion/2/model.fp32.pt");
        Files.delete(model);
        Files.writeString(model, "c");
        assertThatThrownBy(() -> promotion.promote("lesion", move("production", 2)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("lesion@2");
        assertThat(store.aliases("lesion")).isEqualTo(AliasHistory.EMPTY);
    }

    @Test
    void doesNotOverwriteAHistoryThatItCannotRead() throws IOException {
        Files.writeString(folder.resolve("lesion/aliases.json"), "{\"changes\":[");
        assertThatThrownBy(() -> promotion.promote("lesion", move("production", 1)))
                .hasMessageContaining("checkpoint-aliases.v1");
        assertThat(folder.resolve("lesion/aliases.json")).hasContent("{\"changes\":[");
    }

    @Test
    void aMovementThatCameAMomentEarlierStays() throws IOException {
        ContestedStorage storage = new ContestedStorage(folder);
        storage.before(() -> promotion.promote("lesion", move("production", 2)));
        new Promotion(storage).promote("lesion", move("production", 1));
        assertThat(store.aliases("lesion").changes()).containsExactly(move("production", 2), move("production", 1));
    }

    @Test
    void losesNoMovementOfSeveralThreads() throws Exception {
        int movements = 16;
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try {
            List<Future<AliasHistory>> results = new ArrayList<>();
            for (int i = 0; i < movements; i++) {
                AliasChange change = move("alias-" + i, 1 + i % 2);
                results.add(pool.submit(() -> new Promotion(folder).promote("lesion", change)));
            }
            for (Future<AliasHistory> result : results) {
                result.get();
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(store.aliases("lesion").current()).hasSize(movements);
        assertThat(store.aliases("lesion").changes()).hasSize(movements);
    }

    private static AliasChange move(String alias, int version) {
        return new AliasChange(alias, version, Instant.parse("2026-11-20T12:00:00Z"), "ada", "because of the test");
    }
}
