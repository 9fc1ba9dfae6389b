package org.lesionstream.worker.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lesionstream.worker.broker.GroupKind;
import org.lesionstream.worker.delivery.Lane;
import org.lesionstream.worker.inference.DeviceKind;
import org.lesionstream.worker.inference.PrecisionChoice;

class WorkerConfigTest {
    private static final Map<String, String> NECESSARY =
            Map.of("lesionstream.kafka.bootstrap-servers", "broker:9092", "lesionstream.checkpoints.store", "/store");

    @Test
    void needsOnlyABrokerAndAStore() {
        WorkerConfig config = read(NECESSARY);

        assertThat(config.kafka().group()).isEqualTo("lesionstream-worker");
        assertThat(config.kafka().groupKind()).isEqualTo(GroupKind.CONSUMER_GROUP);
        assertThat(config.kafka().groupProtocol()).isEqualTo("consumer");
        assertThat(config.topics().urgent()).isEqualTo("image-jobs");
        assertThat(config.topics().backfill()).isEqualTo("image-jobs-backfill");
        assertThat(config.topics().results()).isEqualTo("segmentation-results");
        assertThat(config.topics().caseResults()).isEqualTo("case-results");
        assertThat(config.topics().deadLetter()).isEqualTo("image-jobs-dead-letter");
        assertThat(config.topics().retention()).isEqualTo(Duration.ofDays(7));
        assertThat(config.intake().lanes()).containsExactlyInAnyOrder(Lane.URGENT, Lane.BACKFILL);
        assertThat(config.intake().maxInFlight()).isEqualTo(64);
        assertThat(config.intake().shareConsumers()).isEqualTo(4);
        assertThat(config.decode().fileRoots()).isEmpty();
        assertThat(config.decode().maxPixels()).isEqualTo(50_000_000);
        assertThat(config.decode().timeLimit()).isEqualTo(Duration.ofSeconds(30));
        assertThat(config.checkpoints().preload()).isEmpty();
        assertThat(config.batch().sizes()).containsExactly(1, 2, 4, 8, 16, 32);
        assertThat(config.batch().largest()).isEmpty();
        assertThat(config.batch().longest()).isEqualTo(Duration.ofSeconds(1));
        assertThat(config.batch().maxDelay()).isEqualTo(Duration.ofMillis(5));
        assertThat(config.inference().device()).isEqualTo(DeviceKind.CPU);
        assertThat(config.inference().precision()).isEqualTo(PrecisionChoice.AUTO);
        assertThat(config.inference().deterministic()).isTrue();
        assertThat(config.checkpoints().maxBytes()).isEqualTo(4L << 30);
        assertThat(config.cases().timeout()).isEqualTo(Duration.ofHours(24));
        assertThat(config.cases().timeoutCheck()).isEqualTo(Duration.ofMinutes(1));
        assertThat(config.delivery().maxBatch()).isEqualTo(32);
        assertThat(config.delivery().linger()).isEqualTo(Duration.ofMillis(10));
        assertThat(config.delivery().backfillLinger()).isEqualTo(Duration.ofMillis(200));
        assertThat(config.lifecycle().drain()).isEqualTo(Duration.ofSeconds(20));
        assertThat(config.lifecycle().stuckAfter()).isEqualTo(Duration.ofSeconds(60));
        assertThat(config.tracing().endpoint()).isEmpty();
        assertThat(config.tracing().ratio()).isEqualTo(1);
        assertThat(config.bench().bareLoop()).isEmpty();
        assertThat(config.bench().without()).isEmpty();
        assertThat(config.torture().haltAt()).isEmpty();
    }

    @Test
    void readsWhatIsSet() {
        WorkerConfig config = read(with(Map.of(
                "lesionstream.kafka.group-kind", "share-group",
                "lesionstream.intake.lanes", "backfill",
                "lesionstream.decode.file-roots", "/a,/b",
                "lesionstream.checkpoints.preload", "lesion@production,organ@3",
                "lesionstream.batch.sizes", "1,4",
                "lesionstream.batch.max-delay", "20ms",
                "lesionstream.batch.largest", "4",
                "lesionstream.inference.device", "cuda",
                "lesionstream.inference.precision", "bf16")));

        assertThat(config.kafka().groupKind()).isEqualTo(GroupKind.SHARE_GROUP);
        assertThat(config.intake().lanes()).containsExactly(Lane.BACKFILL);
        assertThat(config.decode().fileRoots())
                .hasValueSatisfying(roots -> assertThat(roots).containsExactly(Path.of("/a"), Path.of("/b")));
        assertThat(config.checkpoints().preload()).hasValueSatisfying(references -> assertThat(references)
                .containsExactly("lesion@production", "organ@3"));
        assertThat(config.batch().sizes()).containsExactly(1, 4);
        assertThat(config.batch().maxDelay()).isEqualTo(Duration.ofMillis(20));
        assertThat(config.batch().largest()).hasValue(4);
        assertThat(config.inference().device()).isEqualTo(DeviceKind.CUDA);
        assertThat(config.inference().precision()).isEqualTo(PrecisionChoice.BF16);
    }

    @Test
    void readsTheGroupsInAGroup() {
        WorkerConfig config = read(
                with(Map.of("lesionstream.decode.s3.buckets", "images", "lesionstream.sink.s3.access-key", "writer")));

        assertThat(config.decode().s3().buckets()).hasValue(List.of("images"));
        assertThat(config.sink().s3().accessKey()).hasValue("writer");
        assertThat(config.sink().location()).isEmpty();
    }

    @Test
    void readsWhatAMeasurementLeavesOut() {
        WorkerConfig config = read(
                with(Map.of("lesionstream.bench.bare-loop", "5s", "lesionstream.bench.without", "decode,persist")));

        assertThat(config.bench().bareLoop()).contains(Duration.ofSeconds(5));
        assertThat(config.bench().without()).hasValueSatisfying(stages -> assertThat(stages)
                .containsExactlyInAnyOrder(ReplaceableStage.DECODE, ReplaceableStage.PERSIST));
    }

    @Test
    void stopsAtAKeyThatDoesNotExist() {
        assertThatThrownBy(() -> read(with(Map.of("lesionstream.batch.max-dealy", "20ms"))))
                .isInstanceOf(ConfigValidationException.class)
                .hasMessageContaining("max-dealy");
    }

    @Test
    void stopsWithoutABroker() {
        assertThatThrownBy(() -> read(Map.of("lesionstream.checkpoints.store", "/store")))
                .isInstanceOf(ConfigValidationException.class)
                .hasMessageContaining("lesionstream.kafka.bootstrap-servers");
    }

    private static Map<String, String> with(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(NECESSARY);
        all.putAll(more);
        return all;
    }

    private static WorkerConfig read(Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                .withMapping(WorkerConfig.class)
                .withDefaultValues(settings)
                .addDiscoveredConverters()
                .build()
                .getConfigMapping(WorkerConfig.class);
    }
}
