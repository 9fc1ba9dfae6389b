package org.lesionstream.worker.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionstream.schemas.checkpoint.CheckpointReference;
import org.lesionstream.schemas.checkpoint.Precision;
import org.lesionstream.schemas.message.MessageCodec;
import org.lesionstream.worker.decode.RememberedPixels;
import org.lesionstream.worker.decode.SourcePixels;
import org.lesionstream.worker.delivery.Answer;
import org.lesionstream.worker.inference.CheckpointCatalog;
import org.lesionstream.worker.inference.DeviceKind;
import org.lesionstream.worker.inference.InferenceSettings;
import org.lesionstream.worker.persist.ForgetfulResultStore;
import org.lesionstream.worker.persist.InMemoryResultStore;
import org.lesionstream.worker.persist.ResultStore;
import org.lesionstream.worker.publish.AnswerPublisher;
import org.lesionstream.worker.testing.SampleJob;
import org.lesionstream.worker.testing.SettingsOf;
import org.lesionstream.worker.testing.TestStore;
import org.lesionstream.worker.testing.TinyNetwork;

class StandInsTest {

    private final SourcePixels pixels = source -> {
        throw new AssertionError("nobody asks here");
    };
    private final ResultStore store = new InMemoryResultStore();
    private final List<Answer> published = new ArrayList<>();
    private final AnswerPublisher publisher = (answers, offsets) -> published.addAll(answers);

    @TempDir
    private Path folder;

    @Test
    void replaceNothingUnlessAsked() {
        StandIns none = new StandIns(Set.of());

        assertThat(none.pixels(pixels)).isSameAs(pixels);
        assertThat(none.store(store, new MessageCodec())).isSameAs(store);
        assertThat(none.publisher(publisher)).isSameAs(publisher);
    }

    @Test
    void replaceOnlyTheStageThatIsNamed() {
        assertThat(new StandIns(Set.of(ReplaceableStage.DECODE)).pixels(pixels)).isInstanceOf(RememberedPixels.class);
        assertThat(new StandIns(Set.of(ReplaceableStage.DECODE)).store(store, new MessageCodec()))
                .isSameAs(store);
        assertThat(new StandIns(Set.of(ReplaceableStage.PERSIST)).store(store, new MessageCodec()))
                .isInstanceOf(ForgetfulResultStore.class);
        assertThat(new StandIns(Set.of(ReplaceableStage.PERSIST)).publisher(publisher))
                .isSameAs(publisher);
    }

    @Test
    void answerNobodyWithoutPublish() {
        Answer answer = new Answer(SampleJob.aJob("1").envelope(), List.of());

        new StandIns(Set.of(ReplaceableStage.PUBLISH)).publisher(publisher).publish(List.of(answer), Optional.empty());

        assertThat(published).isEmpty();
    }

    @Test
    void loadNoNetworkWithoutInference() {
        TestStore checkpoints = new TestStore(folder);
        checkpoints.publish("lesion", 1, TinyNetwork.THRESHOLD, Precision.FP32);
        InferenceSettings settings = SettingsOf.inference(DeviceKind.CUDA); // and there is no GPU

        try (CheckpointCatalog catalog =
                new StandIns(Set.of(ReplaceableStage.INFERENCE)).catalog(folder, settings, () -> 0)) {
            assertThat(catalog.preload(CheckpointReference.parse("lesion@1")).engine())
                    .isEqualTo("none");
        }
    }
}
