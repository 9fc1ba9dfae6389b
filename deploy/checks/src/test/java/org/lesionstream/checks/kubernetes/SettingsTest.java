package org.lesionstream.checks.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.ConfigValidationException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lesionstream.checks.WorkerSettings;
import org.lesionstream.worker.delivery.Lane;
import org.lesionstream.worker.inference.DeviceKind;
import org.lesionstream.worker.pipeline.PipelineLifecycle;
import org.lesionstream.worker.pipeline.WorkerConfig;

/** That the settings in the manifests are settings of the worker, with values that it takes, and that the platform waits as long as they ask. */
class SettingsTest {
    static List<Manifests> fleets() {
        return Manifests.fleets();
    }

    @ParameterizedTest
    @MethodSource("fleets")
    void areReadByTheWorker(Manifests fleet) {
        for (String workers : List.of("worker-urgent", "worker-backfill")) {
            Pods.Container worker = fleet.pods(workers).container("worker");
            WorkerConfig config = WorkerSettings.read(worker.environment(fleet));

            assertThat(worker.claims())
                    .containsEntry(config.checkpoints().store().toString(), "checkpoints");
            assertThat(config.decode().fileRoots().orElseThrow())
                    .allSatisfy(root -> assertThat(worker.claims()).containsKey(root.toString()));
            assertThat(config.checkpoints().preload()).isPresent();
            assertThat(config.inference().device())
                    .isEqualTo(worker.image().contains("worker-cpu") ? DeviceKind.CPU : DeviceKind.CUDA);
        }
    }

    @ParameterizedTest
    @MethodSource("fleets")
    void sendUrgentJobsToUrgentWorkersOnly(Manifests fleet) {
        assertThat(config(fleet, "worker-urgent").intake().lanes()).containsExactlyInAnyOrder(Lane.values());
        assertThat(config(fleet, "worker-backfill").intake().lanes()).containsExactly(Lane.BACKFILL);
        assertThat(config(fleet, "worker-backfill").kafka().group())
                .isEqualTo(config(fleet, "worker-urgent").kafka().group());
    }

    @ParameterizedTest
    @MethodSource("fleets")
    void letNoWorkerMigrate(Manifests fleet) {
        assertThat(fleet.pods("worker-urgent").container("worker").environment(fleet))
                .containsEntry("QUARKUS_FLYWAY_MIGRATE_AT_START", "false");
        assertThat(fleet.pods("worker-urgent").container("tables").arguments()).containsExactly("migrate", "--check");
        assertThat(fleet.pods("migration").container("tables").arguments()).containsExactly("migrate");
    }

    @ParameterizedTest
    @MethodSource("fleets")
    void giveAWorkerTheTimeToStopThatItsSettingsAskFor(Manifests fleet) {
        for (String workers : List.of("worker-urgent", "worker-backfill")) {
            assertThat(fleet.pods(workers).gracePeriod())
                    .isGreaterThanOrEqualTo(PipelineLifecycle.longestStop(config(fleet, workers)));
        }
    }

    @Test
    void needMoreTimeToStopWithALongerDrain() {
        Map<String, String> settings = Manifests.of("overlays/cpu")
                .pods("worker-urgent")
                .container("worker")
                .environment(Manifests.of("overlays/cpu"));
        Duration before = PipelineLifecycle.longestStop(WorkerSettings.read(settings));
        settings.put("LESIONSTREAM_LIFECYCLE_DRAIN", "90s");
        settings.put("LESIONSTREAM_BATCH_LONGEST", "2s");

        assertThat(PipelineLifecycle.longestStop(WorkerSettings.read(settings))).isEqualTo(before.plusSeconds(70 + 10));
    }

    @Test
    void areRefusedWhenMisspelt() {
        Map<String, String> settings = Manifests.of("overlays/cpu")
                .pods("worker-urgent")
                .container("worker")
                .environment(Manifests.of("overlays/cpu"));
        settings.put("LESIONSTREAM_BATCH_MAX_DEALY", "5ms");

        assertThatThrownBy(() -> WorkerSettings.read(settings))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("MAX_DEALY");
        settings.remove("LESIONSTREAM_BATCH_MAX_DEALY");
        settings.put("LESIONSTREAM_INTAKE_LANES", "slow");
        assertThatThrownBy(() -> WorkerSettings.read(settings)).isInstanceOf(ConfigValidationException.class);
    }

    private static WorkerConfig config(Manifests fleet, String workers) {
        return WorkerSettings.read(fleet.pods(workers).container("worker").environment(fleet));
    }
}
