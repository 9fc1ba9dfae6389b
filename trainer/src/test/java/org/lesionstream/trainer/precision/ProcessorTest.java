package org.lesionstream.trainer.precision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProcessorTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "flags\t\t: fpu avx512f avx512bw avx512_bf16, true",
        "flags\t\t: fpu avx512f amx_bf16, true",
        "Features\t: fp asimd bf16, true",
        "flags\t\t: fpu avx2 avx512f avx512bw, false",
        "model name\t: avx512_bf16, false"
    })
    void knowsProcessorsWithBfloat16(String line, boolean expected) throws IOException {
        Path description = Files.writeString(folder.resolve("cpuinfo"), "processor\t: 0\n" + line + "\n\n");

        assertThat(Processor.hasBfloat16(description)).isEqualTo(expected);
    }

    @Test
    void aProcessorThatIsNotDescribedHasNone() {
        assertThat(Processor.hasBfloat16(folder.resolve("none"))).isFalse();
    }

    @Test
    void readsPrecisions() {
        assertThat(TrainingPrecision.parse("fp32")).isEqualTo(TrainingPrecision.FP32);
        assertThat(TrainingPrecision.parse("mixed")).isEqualTo(TrainingPrecision.MIXED);
        assertThat(TrainingPrecision.FP32.isFast()).isTrue();
        assertThatThrownBy(() -> TrainingPrecision.parse("bf16")).hasMessage("must be fp32 or mixed, was \"bf16\"");
    }
}
