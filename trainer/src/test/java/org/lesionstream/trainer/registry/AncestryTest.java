package org.lesionstream.trainer.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionstream.schemas.checkpoint.CheckpointIdentity;
import org.lesionstream.schemas.checkpoint.CheckpointManifest;
import org.lesionstream.schemas.checkpoint.CheckpointReference;
import org.lesionstream.schemas.checkpoint.Digest;
import org.lesionstream.schemas.checkpoint.Lineage;
import org.lesionstream.trainer.testing.ADraft;

class AncestryTest {

    private static final Digest DATA = Digest.of("data".getBytes(StandardCharsets.UTF_8));
    private static final Optional<Lineage.Recipe> RECIPE =
            Optional.of(new Lineage.Recipe("quick", Digest.of("recipe".getBytes(StandardCharsets.UTF_8))));

    @TempDir
    private Path folder;

    private CheckpointStore store;

    @BeforeEach
    void openTheStore() {
        store = new CheckpointStore(folder);
    }

    @Test
    void followsAVersionBackToItsRoots() throws IOException {
        CheckpointManifest base = publish("base", Lineage.trained(DATA, RECIPE));
        CheckpointManifest tuned = publish("lesion", Lineage.tuned(base.identity(), DATA, RECIPE));
        CheckpointManifest other = publish("polyp", Lineage.imported());
        CheckpointManifest both =
                publish("lesion", Lineage.ensembled(List.of(tuned.identity(), other.identity()), Optional.empty()));

        Ancestry ancestry = Ancestry.of(store, both);

        assertThat(ancestry.version()).isEqualTo(both.identity());
        assertThat(ancestry.parents())
                .satisfiesExactly(
                        parent -> {
                            assertThat(parent.manifest()).contains(tuned);
                            assertThat(parent.parents())
                                    .extracting(Ancestry::version)
                                    .containsExactly(base.identity());
                        },
                        parent -> assertThat(parent.parents()).isEmpty());
        assertThat(store.lineage(base)).contains(Lineage.trained(DATA, RECIPE));
    }

    @Test
    void aParentThatIsNotHereIsNamedAndNotFollowed() throws IOException {
        CheckpointManifest here = publish("base", Lineage.trained(DATA, RECIPE));
        CheckpointIdentity another = new CheckpointIdentity("base", 1, DATA); // of that number, with another content
        CheckpointIdentity gone = new CheckpointIdentity("base", 7, here.digest());
        for (CheckpointIdentity parent : List.of(another, gone)) {
            CheckpointManifest tuned = publish("lesion", Lineage.tuned(parent, DATA, Optional.empty()));
            assertThat(Ancestry.of(store, tuned).parents())
                    .singleElement()
                    .isEqualTo(new Ancestry(parent, Optional.empty(), Optional.empty(), List.of()));
        }
    }

    @Test
    void aVersionWithoutLineageIsARoot() throws IOException {
        CheckpointManifest old =
                store.publish("lesion", new ADraft("lesion", "a")).manifest();
        assertThat(old.lineage()).isEmpty();
        assertThat(Ancestry.of(store, old))
                .isEqualTo(new Ancestry(old.identity(), Optional.of(old), Optional.empty(), List.of()));
    }

    @Test
    void anotherLineageIsAnotherDigest() throws IOException {
        CheckpointManifest first = publish("lesion", Lineage.imported());
        CheckpointManifest second = publish("lesion", Lineage.adopted());
        assertThat(first.lineage()).isPresent().isNotEqualTo(second.lineage());
    }

    @Test
    void noticesALineageThatWasChangedOrRemoved() throws IOException {
        CheckpointManifest published = publish("lesion", Lineage.imported());
        Path file = folder.resolve("lesion/1/lineage.json");
        Files.delete(file);
        assertThatThrownBy(this::resolve).hasMessageContaining("lineage.json of lesion@1 is missing");
        Files.write(file, Lineage.adopted().print());
        String changed = "lineage.json of lesion@1 does not have the digest that its manifest gives";
        assertThatThrownBy(this::resolve).isInstanceOf(IOException.class).hasMessage(changed);
        assertThatThrownBy(() -> Ancestry.of(store, published))
                .isInstanceOf(IOException.class)
                .hasMessage(changed);
    }

    @Test
    void noticesWeightsThatWereChanged() throws IOException {
        CheckpointManifest published = store.publish("lesion", Lineage.imported(), draft -> {
                    Files.writeString(draft.resolve("weights.safetensors"), "weights");
                    return new ADraft("lesion", "a").write(draft);
                })
                .manifest();
        assertThat(store.lineage(published).orElseThrow().weights())
                .contains(Digest.of("weights".getBytes(StandardCharsets.UTF_8)));
        resolve();
        Path file = folder.resolve("lesion/1/weights.safetensors");
        Files.delete(file);
        Files.writeString(file, "heights");
        assertThatThrownBy(this::resolve)
                .isInstanceOf(IOException.class)
                .hasMessage("weights.safetensors of lesion@1 does not have the digest that its lineage gives");
    }

    private PublishedCheckpoint resolve() throws IOException {
        return store.resolve(CheckpointReference.parse("lesion@1"));
    }

    private CheckpointManifest publish(String name, Lineage lineage) throws IOException {
        return store.publish(name, lineage, new ADraft(name, "a")).manifest();
    }
}
