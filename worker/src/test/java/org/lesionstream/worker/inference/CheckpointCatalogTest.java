package org.lesionstream.worker.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lesionstream.schemas.checkpoint.Precision.BF16;
import static org.lesionstream.schemas.checkpoint.Precision.FP32;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionstream.schemas.checkpoint.CheckpointManifest;
import org.lesionstream.schemas.checkpoint.CheckpointReference;
import org.lesionstream.schemas.checkpoint.Digest;
import org.lesionstream.schemas.image.TileOutput;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.worker.failure.SegmentationException;
import org.lesionstream.worker.testing.SettingsOf;
import org.lesionstream.worker.testing.TestStore;
import org.lesionstream.worker.testing.TinyNetwork;

class CheckpointCatalogTest {

    private static final CheckpointReference PRODUCTION = CheckpointReference.parse("lesion@production");

    private static final Hardware AMX = new Hardware(DeviceKind.CPU, Optional.of("amx_bf16"));

    @TempDir
    private Path folder;

    private TestStore store;
    private final FakeEngine engine = new FakeEngine(4);
    private CheckpointCatalog catalog;

    @BeforeEach
    void publishTheFirstVersion() {
        store = new TestStore(folder);
        store.publish("lesion", 1, TinyNetwork.THRESHOLD, FP32, BF16);
        store.promote("lesion", 1, "production");
        catalog = catalog(2);
    }

    @Test
    void resolvesAliasVersionAndDigestToTheSameAnswer() {
        ServedCheckpoint byAlias = catalog.resolve(PRODUCTION);

        assertThat(byAlias.manifest().version()).isEqualTo(1);
        assertThat(byAlias.digest()).isEqualTo(byAlias.manifest().digest());
        assertThat(byAlias.precision()).isEqualTo(BF16);
        assertThat(byAlias.engine()).isEqualTo("fake");
        assertThat(catalog.resolve(CheckpointReference.parse("lesion@1"))).isEqualTo(byAlias);
        assertThat(catalog.byDigest("lesion", byAlias.digest())).isEqualTo(byAlias);
        assertThat(engine.loadedVersions()).isEmpty();
    }

    @Test
    void findsADigestAmongDamagedVersions() throws IOException {
        CheckpointManifest second = store.publish("lesion", 2, TinyNetwork.INVERTED, FP32);
        store.publish("lesion", 3, TinyNetwork.THRESHOLD, FP32);
        Files.writeString(store.layout().manifest("lesion", 3), "{}");

        assertThat(catalog.byDigest("lesion", second.digest()).manifest().version())
                .isEqualTo(2);
    }

    @Test
    void saysWhatIsUnknown() {
        for (String reference : List.of("lesion@9", "lesion@staging", "nothing@production", "nothing@1")) {
            assertCode(FailureCode.CHECKPOINT_UNKNOWN, () -> catalog.resolve(CheckpointReference.parse(reference)));
        }
        assertCode(FailureCode.CHECKPOINT_UNKNOWN, () -> catalog.byDigest("lesion", Digest.of(new byte[0])));
        assertCode(FailureCode.CHECKPOINT_UNKNOWN, () -> catalog.load(Digest.of(new byte[0])));
    }

    @Test
    void findsWhatWasPublishedAfterItWasUnknown() {
        CheckpointReference second = CheckpointReference.parse("lesion@2");
        assertCode(FailureCode.CHECKPOINT_UNKNOWN, () -> catalog.resolve(second));

        store.publish("lesion", 2, TinyNetwork.INVERTED, FP32);

        assertThat(catalog.resolve(second).manifest().version()).isEqualTo(2);
    }

    @Test
    void doesNotBlameTheJobForAStoreThatIsNotThere() {
        var unmounted = new CheckpointCatalog(folder.resolve("unmounted"), settings(1), AMX, engine, () -> 0);

        assertCode(FailureCode.CHECKPOINT_STORE_UNAVAILABLE, () -> unmounted.resolve(PRODUCTION));
    }

    @Test
    void refusesAManifestThatWasCopiedFromAnotherVersion() throws IOException {
        store.publish("lesion", 2, TinyNetwork.INVERTED, FP32);
        Files.writeString(
                store.layout().manifest("lesion", 2),
                Files.readString(store.layout().manifest("lesion", 1)));

        assertCode(FailureCode.CHECKPOINT_CORRUPT, () -> catalog.resolve(CheckpointReference.parse("lesion@2")));
    }

    @Test
    void refusesAModelFileThatIsNotTheOneOfTheManifest() throws IOException {
        Path model = store.layout().versionFolder("lesion", 1).resolve("model.bf16.pt");
        byte[] bytes = Files.readAllBytes(model);
        bytes[bytes.length / 2] ^= 1;
        Files.write(model, bytes);

        assertCode(FailureCode.CHECKPOINT_CORRUPT, () -> catalog.preload(PRODUCTION));
        assertThat(engine.loadedVersions()).isEmpty();

        Files.delete(model);
        assertCode(FailureCode.CHECKPOINT_CORRUPT, () -> catalog.preload(PRODUCTION));
    }

    @Test
    void warmsEveryBatchSizeBeforeTheFirstJob() {
        ServedCheckpoint served = catalog.preload(PRODUCTION);

        assertThat(catalog.isLoaded(served.digest())).isTrue();
        assertThat(engine.last().file()).isEqualTo("model.bf16.pt");
        assertThat(engine.last().segmenter().runs()).contains(1, 2, 4);
    }

    @Test
    void loadsWhatWasNotPreloadedWhenAsked() throws InterruptedException {
        ServedCheckpoint served = catalog.resolve(PRODUCTION);
        assertThat(catalog.loaded(served.digest())).isEmpty();

        try (Network network = catalog.load(served.digest())) {
            List<TileOutput> outputs =
                    network.segmenter().segment(List.of(TileInput.of(Tiles.filled(TestStore.TILES, 200))), 1);

            assertThat(((TileOutput.Labels) outputs.get(0)).labels()).containsOnly(1);
            assertThat(engine.loadedVersions()).containsExactly(1);
        }
    }

    @Test
    void offersEverySizeOfAnUnknownNetworkOnlyWhereMasksMayDifferInTheLastByte() throws InterruptedException {
        ServedCheckpoint served = catalog.resolve(PRODUCTION);
        InferenceSettings free = SettingsOf.inference(
                DeviceKind.CPU, PrecisionChoice.AUTO, 1, List.of(1, 2, 4), OptionalInt.empty(), false, 1);
        var other = new CheckpointCatalog(folder, free, AMX, engine, () -> 0);
        other.resolve(PRODUCTION);

        assertThat(catalog.load(served.digest()).batchTimes()).containsOnlyKeys(4);
        assertThat(other.load(served.digest()).batchTimes()).containsOnlyKeys(1, 2, 4);
    }

    @Test
    void answersWithTheNewVersionOnlyOnceItIsWarm() {
        ServedCheckpoint first = catalog.preload(PRODUCTION);
        CheckpointManifest second = store.publish("lesion", 2, TinyNetwork.INVERTED, FP32, BF16);
        assertThat(catalog.refresh()).isEmpty();

        store.promote("lesion", 2, "production");
        assertThat(catalog.resolve(PRODUCTION)).isEqualTo(first);
        List<AliasMove> moves = catalog.refresh();

        assertThat(moves).hasSize(1);
        assertThat(moves.get(0).from()).isEqualTo(first);
        assertThat(moves.get(0).refusal()).isEmpty();
        assertThat(catalog.resolve(PRODUCTION).digest()).isEqualTo(second.digest());
        assertThat(catalog.isLoaded(second.digest())).isTrue();
        assertThat(engine.last().segmenter().runs()).contains(1, 2, 4);
        assertThat(catalog.refresh()).isEmpty();
    }

    @Test
    void staysWithTheOldVersionWhileTheNewOneCannotBeLoaded() {
        ServedCheckpoint first = catalog.preload(PRODUCTION);
        store.publish("lesion", 2, TinyNetwork.INVERTED, FP32, BF16);
        store.promote("lesion", 2, "production");
        engine.refuse(2);

        List<AliasMove> moves = catalog.refresh();

        assertThat(moves).hasSize(1);
        assertThat(moves.get(0).refusal())
                .hasValueSatisfying(failure -> assertThat(failure.code()).isEqualTo(FailureCode.CHECKPOINT_CORRUPT));
        assertThat(catalog.resolve(PRODUCTION)).isEqualTo(first);
    }

    @Test
    void staysWithTheOldVersionWhileTheAliasFileIsDamaged() throws IOException {
        ServedCheckpoint first = catalog.preload(PRODUCTION);
        Files.writeString(store.layout().aliases("lesion"), "[");

        List<AliasMove> moves = catalog.refresh();

        assertThat(moves).hasSize(1);
        assertThat(moves.get(0).to()).isEmpty();
        assertThat(catalog.resolve(PRODUCTION)).isEqualTo(first);
    }

    @Test
    void servesSeveralVersionsAtOnceAndBringsBackWhatWasUnloaded() throws InterruptedException {
        ServedCheckpoint first = catalog.preload(PRODUCTION);
        store.publish("lesion", 2, TinyNetwork.THRESHOLD, FP32);
        store.publish("lesion", 3, TinyNetwork.THRESHOLD, FP32);

        catalog.preload(CheckpointReference.parse("lesion@2"));
        assertThat(engine.openVersions()).containsExactly(1, 2);
        catalog.preload(CheckpointReference.parse("lesion@3"));
        assertThat(engine.openVersions()).containsExactly(2, 3);

        catalog.load(first.digest()).close();
        assertThat(engine.openVersions()).containsExactly(3, 1);
    }

    @Test
    void unloadsANetworkThatFailsItsWarmUp() {
        var tooSmall = new FakeEngine(0);
        var strict = new CheckpointCatalog(folder, settings(1), AMX, tooSmall, () -> 0);

        assertThatThrownBy(() -> strict.preload(PRODUCTION)).isInstanceOf(OutOfMemoryException.class);
        assertThat(tooSmall.openVersions()).isEmpty();
    }

    @Test
    void unloadsEverythingWhenClosed() {
        catalog.preload(PRODUCTION);

        catalog.close();

        assertThat(engine.openVersions()).isEmpty();
    }

    @Test
    void servesARealNetworkFromTheStore() {
        try (CheckpointCatalog real = CheckpointCatalog.open(folder, settings(2), () -> 0)) {
            ServedCheckpoint served = real.preload(PRODUCTION);
            Network network = real.loaded(served.digest()).orElseThrow();
            List<TileOutput> outputs =
                    network.segmenter().segment(List.of(TileInput.of(Tiles.filled(TestStore.TILES, 200))), 1);
            network.close();

            assertThat(served.engine()).startsWith("pytorch");
            assertThat(((TileOutput.Labels) outputs.get(0)).labels()).containsOnly(1);
            assertThat(((TileOutput.Labels) outputs.get(0)).confidence()).containsOnly((byte) 200);
        }
    }

    private CheckpointCatalog catalog(int maxLoaded) {
        return new CheckpointCatalog(folder, settings(maxLoaded), AMX, engine, () -> 0);
    }

    private static InferenceSettings settings(int maxLoaded) {
        return SettingsOf.inference(
                DeviceKind.CPU, PrecisionChoice.AUTO, 1, List.of(1, 2, 4), OptionalInt.empty(), true, maxLoaded);
    }

    private static void assertCode(FailureCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(SegmentationException.class, failure -> assertThat(failure.code())
                        .isEqualTo(code));
    }
}
