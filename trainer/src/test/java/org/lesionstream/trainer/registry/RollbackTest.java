package org.lesionstream.trainer.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionstream.schemas.checkpoint.AliasChange;
import org.lesionstream.schemas.checkpoint.AliasHistory;
import org.lesionstream.trainer.testing.ADraft;

class RollbackTest {

    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    @TempDir
    private Path folder;

    private ContestedStorage storage;
    private CheckpointStore store;
    private Promotion promotion;

    @BeforeEach
    void promoteThreeVersions() throws IOException {
        storage = new ContestedStorage(folder);
        store = new CheckpointStore(storage);
        promotion = new Promotion(storage);
        for (int version = 1; version <= 4; version++) {
            store.publish("lesion", new ADraft("lesion", "word " + version));
        }
        for (int version = 1; version <= 3; version++) {
            promote(version);
        }
    }

    @Test
    void twoRollbacksGoTwoVersionsBackAndAThirdIsRefused() throws IOException {
        rollBack(OptionalInt.empty());
        assertThat(production()).isEqualTo(2);
        rollBack(OptionalInt.empty());
        assertThat(production()).isEqualTo(1);
        AliasHistory before = store.aliases("lesion");
        assertThatThrownBy(() -> rollBack(OptionalInt.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("lesion@production is at version 1 and has none before it to go back to");
        assertThat(store.aliases("lesion")).isEqualTo(before);
    }

    @Test
    void aRollbackIsAMovementWithWhoAndWhy() throws IOException {
        AliasHistory history = rollBack(OptionalInt.empty());
        assertThat(history).isEqualTo(store.aliases("lesion"));
        assertThat(history.changes())
                .hasSize(4)
                .endsWith(new AliasChange("production", 2, NOW, "ada", "misses small ones", true));
        assertThatThrownBy(() -> new Rollback("production", OptionalInt.empty(), NOW, "ada", " "))
                .hasMessageContaining("blank");
    }

    @Test
    void goesFartherBackWhenAskedTo() throws IOException {
        rollBack(OptionalInt.of(1));
        assertThat(production()).isEqualTo(1);
        assertThat(store.aliases("lesion").before("production")).isEmpty();
    }

    @Test
    void refusesToGoBackToWhereTheAliasWasNotBefore() {
        assertThatThrownBy(() -> rollBack(OptionalInt.of(4)))
                .hasMessage("lesion@production is at version 3 and can go back to [2, 1], not to 4;"
                        + " anything else is a promotion");
        assertThatThrownBy(() -> promotion.rollBack(
                        "lesion", new Rollback("canary", OptionalInt.empty(), NOW, "ada", "never set")))
                .isInstanceOf(UnknownCheckpointException.class)
                .hasMessageContaining("lesion@canary");
        assertThatThrownBy(() -> promotion.rollBack(
                        "polyp", new Rollback("production", OptionalInt.empty(), NOW, "ada", "never published")))
                .isInstanceOf(UnknownCheckpointException.class);
    }

    @Test
    void refusesAVersionWithDamagedFilesAndStaysWhereItIs() throws IOException {
        Path model = folder.resolve("lesion/2/model.fp32.pt");
        Files.delete(model);
        Files.writeString(model, "c");
        assertThatThrownBy(() -> rollBack(OptionalInt.empty()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("lesion@2");
        assertThat(production()).isEqualTo(3);
        rollBack(OptionalInt.of(1));
        assertThat(production()).isEqualTo(1);
    }

    @Test
    void goesBackFromWhereTheAliasIsWhenItsTurnComes() throws IOException {
        storage.before(() -> promote(4));
        rollBack(OptionalInt.empty());
        assertThat(production()).as("somebody promoted 4 a moment before").isEqualTo(3);
        assertThat(store.aliases("lesion").changes())
                .extracting(AliasChange::version)
                .containsExactly(1, 2, 3, 4, 3);
    }

    private void promote(int version) throws IOException {
        new Promotion(folder)
                .promote("lesion", new AliasChange("production", version, NOW, "ada", "version " + version));
    }

    private AliasHistory rollBack(OptionalInt to) throws IOException {
        return promotion.rollBack("lesion", new Rollback("production", to, NOW, "ada", "misses small ones"));
    }

    private int production() throws IOException {
        return store.aliases("lesion").version("production").orElseThrow();
    }
}
