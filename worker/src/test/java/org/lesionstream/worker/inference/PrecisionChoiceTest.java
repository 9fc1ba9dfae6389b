package org.lesionstream.worker.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lesionstream.schemas.checkpoint.Precision.BF16;
import static org.lesionstream.schemas.checkpoint.Precision.FP16;
import static org.lesionstream.schemas.checkpoint.Precision.FP32;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionstream.schemas.checkpoint.CheckpointManifest;
import org.lesionstream.schemas.checkpoint.Precision;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.worker.failure.SegmentationException;
import org.lesionstream.worker.testing.TestStore;
import org.lesionstream.worker.testing.TinyNetwork;

class PrecisionChoiceTest {

    @TempDir
    private Path folder;

    private int versions;

    @Test
    void takesTheFastestFileThatTheDeviceRunsWell() {
        assertThat(chosen(PrecisionChoice.AUTO, DeviceKind.CPU, FP32, BF16, FP16))
                .isEqualTo(BF16);
        assertThat(chosen(PrecisionChoice.AUTO, DeviceKind.CUDA, FP32, BF16, FP16))
                .isEqualTo(FP16);
        assertThat(chosen(PrecisionChoice.AUTO, DeviceKind.CUDA, FP32, BF16)).isEqualTo(BF16);
        assertThat(chosen(PrecisionChoice.AUTO, DeviceKind.CPU, FP32, FP16)).isEqualTo(FP32);
    }

    @Test
    void obeysTheSetting() {
        assertThat(chosen(PrecisionChoice.FP32, DeviceKind.CPU, FP32, BF16)).isEqualTo(FP32);
        assertThat(chosen(PrecisionChoice.BF16, DeviceKind.CUDA, FP32, BF16, FP16))
                .isEqualTo(BF16);
        assertThat(chosen(PrecisionChoice.FP16, DeviceKind.CUDA, FP32, FP16)).isEqualTo(FP16);
    }

    @Test
    void neverFallsBackBehindTheSetting() {
        assertThatThrownBy(() -> chosen(PrecisionChoice.BF16, DeviceKind.CPU, FP32))
                .isInstanceOfSatisfying(SegmentationException.class, failure -> assertThat(failure.code())
                        .isEqualTo(FailureCode.CHECKPOINT_CORRUPT));
    }

    @Test
    void refusesSettingsThatMakeNoSense() {
        assertThatThrownBy(() -> settings(PrecisionChoice.FP16, 1, List.of(1), 1))
                .hasMessage("precision fp16 needs device cuda, was cpu");
        assertThatThrownBy(() -> settings(PrecisionChoice.AUTO, -1, List.of(1), 1))
                .hasMessage("threads must not be negative, was -1");
        assertThatThrownBy(() -> settings(PrecisionChoice.AUTO, 1, List.of(2, 1), 1))
                .hasMessage("batchSizes must be positive and ascending, were [2, 1]");
        assertThatThrownBy(() -> settings(PrecisionChoice.AUTO, 1, List.of(0, 1), 1))
                .hasMessageStartingWith("batchSizes must be positive");
        assertThatThrownBy(() -> settings(PrecisionChoice.AUTO, 1, List.of(1), 0))
                .hasMessage("maxLoaded must be positive, was 0");
    }

    private static InferenceSettings settings(
            PrecisionChoice precision, int threads, List<Integer> sizes, int maxLoaded) {
        return new InferenceSettings(DeviceKind.CPU, precision, threads, sizes, maxLoaded);
    }

    private Precision chosen(PrecisionChoice choice, DeviceKind device, Precision... exported) {
        CheckpointManifest manifest =
                new TestStore(folder).publish("lesion", ++versions, TinyNetwork.THRESHOLD, exported);
        return choice.choose(manifest, device).precision();
    }
}
