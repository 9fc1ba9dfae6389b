package org.lesionstream.worker.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionstream.schemas.checkpoint.CheckpointReference;
import org.lesionstream.schemas.checkpoint.Precision;
import org.lesionstream.worker.inference.CheckpointCatalog;
import org.lesionstream.worker.inference.InferenceSettings;
import org.lesionstream.worker.inference.PrecisionChoice;
import org.lesionstream.worker.telemetry.WorkerMetrics;
import org.lesionstream.worker.testing.SettingsOf;
import org.lesionstream.worker.testing.TestStore;
import org.lesionstream.worker.testing.TinyNetwork;

class BareLoopTest {

    @TempDir
    private Path folder;

    @Test
    void publishesTheTilesPerSecondOfWholeBatches() {
        new TestStore(folder).publish("lesion", 1, TinyNetwork.THRESHOLD, Precision.FP32);
        InferenceSettings settings = SettingsOf.inference(PrecisionChoice.AUTO, List.of(1, 4));
        AtomicLong nanos = new AtomicLong();
        LongSupplier clock = () -> nanos.getAndAdd(Duration.ofMillis(400).toNanos()); // a batch takes 0.4 s
        SimpleMeterRegistry registry = new SimpleMeterRegistry();

        try (CheckpointCatalog catalog = CheckpointCatalog.openWithoutEngine(folder, settings, () -> 0)) {
            new BareLoop(catalog, Duration.ofSeconds(1), clock, new WorkerMetrics(registry))
                    .run(catalog.preload(CheckpointReference.parse("lesion@1")));
        }

        assertThat(registry.get("lesionstream.bare.loop.rate").gauge().value()).isEqualTo(12 / 1.2);
    }
}
