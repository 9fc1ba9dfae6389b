package org.lesionstream.worker.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lesionstream.schemas.checkpoint.Precision.BF16;
import static org.lesionstream.schemas.checkpoint.Precision.FP16;
import static org.lesionstream.schemas.checkpoint.Precision.FP32;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lesionstream.schemas.checkpoint.CheckpointManifest;
import org.lesionstream.schemas.checkpoint.Precision;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.worker.failure.SegmentationException;
import org.lesionstream.worker.testing.SettingsOf;
import org.lesionstream.worker.testing.TestStore;
import org.lesionstream.worker.testing.TinyNetwork;

class PrecisionChoiceTest {

    private static final Hardware AMX = new Hardware(DeviceKind.CPU, Optional.of("amx_bf16"));
    private static final Hardware PLAIN = new Hardware(DeviceKind.CPU, Optional.empty());
    private static final Hardware GPU = new Hardware(DeviceKind.CUDA, Optional.empty());

    @TempDir
    private Path folder;

    private int versions;

    @Test
    void takesTheFastestFileThatTheHardwareComputesByItself() {
        assertThat(chosen(PrecisionChoice.AUTO, AMX, FP32, BF16, FP16)).isEqualTo(BF16);
        assertThat(chosen(PrecisionChoice.AUTO, PLAIN, FP32, BF16, FP16)).isEqualTo(FP32);
        assertThat(chosen(PrecisionChoice.AUTO, GPU, FP32, BF16, FP16)).isEqualTo(FP16);
        assertThat(chosen(PrecisionChoice.AUTO, GPU, FP32, BF16)).isEqualTo(BF16);
        assertThat(chosen(PrecisionChoice.AUTO, AMX, FP32, FP16)).isEqualTo(FP32);
        assertThat(chosen(PrecisionChoice.AUTO, PLAIN, BF16)).isEqualTo(BF16);
    }

    @Test
    void saysWhy() {
        assertThat(PrecisionChoice.AUTO.reason(AMX)).isEqualTo("auto: the processor has amx_bf16");
        assertThat(PrecisionChoice.AUTO.reason(PLAIN)).isEqualTo("auto: the processor has no instructions for bf16");
        assertThat(PrecisionChoice.AUTO.reason(GPU)).isEqualTo("auto: the device is a GPU");
        assertThat(PrecisionChoice.FP32.reason(AMX)).isEqualTo("as set");
    }

    @Test
    void obeysTheSetting() {
        assertThat(chosen(PrecisionChoice.FP32, AMX, FP32, BF16)).isEqualTo(FP32);
        assertThat(chosen(PrecisionChoice.BF16, PLAIN, FP32, BF16)).isEqualTo(BF16);
        assertThat(chosen(PrecisionChoice.BF16, GPU, FP32, BF16, FP16)).isEqualTo(BF16);
        assertThat(chosen(PrecisionChoice.FP16, GPU, FP32, FP16)).isEqualTo(FP16);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            flags    : fpu sse2 avx2 avx512_bf16 amx_bf16 amx_tile | amx_bf16
            flags    : fpu avx512f avx512_bf16                     | avx512_bf16
            flags    : fpu sse2 avx2 avx512f                       | ''
            Features : fp asimd i8mm bf16                          | bf16
            bugs     : amx_bf16                                    | ''
            """)
    void readsWhatTheProcessorHas(String line, String feature) throws IOException {
        Path processor = Files.writeString(folder.resolve("cpuinfo"), "processor : 0\n" + line + "\n\n" + line + "\n");

        assertThat(Hardware.of(DeviceKind.CPU, processor).bfloat16().orElse("")).isEqualTo(feature);
        assertThat(Hardware.of(DeviceKind.CPU, folder.resolve("absent")).bfloat16())
                .isEmpty();
    }

    @Test
    void neverFallsBackBehindTheSetting() {
        assertThatThrownBy(() -> chosen(PrecisionChoice.BF16, AMX, FP32))
                .isInstanceOfSatisfying(SegmentationException.class, failure -> assertThat(failure.code())
                        .isEqualTo(FailureCode.CHECKPOINT_CORRUPT));
    }

    @Test
    void refusesSettingsThatMakeNoSense() {
        assertThatThrownBy(() -> settings(PrecisionChoice.FP16, 1, List.of(1), OptionalInt.empty(), 1))
                .hasMessage("precision fp16 needs device cuda, was cpu");
        assertThatThrownBy(() -> settings(PrecisionChoice.AUTO, -1, List.of(1), OptionalInt.empty(), 1))
                .hasMessage("threads must not be negative, was -1");
        assertThatThrownBy(() -> settings(PrecisionChoice.AUTO, 1, List.of(2, 1), OptionalInt.empty(), 1))
                .hasMessage("batchSizes must be positive and ascending, were [2, 1]");
        assertThatThrownBy(() -> settings(PrecisionChoice.AUTO, 1, List.of(0, 1), OptionalInt.empty(), 1))
                .hasMessageStartingWith("batchSizes must be positive");
        assertThatThrownBy(() -> settings(PrecisionChoice.AUTO, 1, List.of(1, 4), OptionalInt.of(2), 1))
                .hasMessage("largestBatch must be one of [1, 4], was 2");
        assertThatThrownBy(() -> settings(PrecisionChoice.AUTO, 1, List.of(1), OptionalInt.empty(), 0))
                .hasMessage("networks must be positive, was 0");
    }

    private static InferenceSettings settings(
            PrecisionChoice precision, int threads, List<Integer> sizes, OptionalInt largest, int networks) {
        return SettingsOf.inference(DeviceKind.CPU, precision, threads, sizes, largest, true, networks);
    }

    private Precision chosen(PrecisionChoice choice, Hardware hardware, Precision... exported) {
        CheckpointManifest manifest =
                new TestStore(folder).publish("lesion", ++versions, TinyNetwork.THRESHOLD, exported);
        return choice.choose(manifest, hardware).precision();
    }
}
