package org.lesionstream.local.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.lesionstream.local.bench.BenchOptions;
import org.lesionstream.local.bench.BenchStage;
import org.lesionstream.local.bench.Variant;
import org.lesionstream.local.sample.Scale;
import org.lesionstream.schemas.checkpoint.CheckpointReference;
import picocli.CommandLine;

class BenchCommandTest {

    @Test
    void measuresTheLargeNetworkOnPhantomsUnlessToldOtherwise() {
        BenchOptions options = parse();

        assertThat(options.scale()).isEqualTo(Scale.FULL);
        assertThat(options.images()).isEmpty();
        assertThat(options.own()).isEmpty();
        assertThat(options.without()).isEmpty();
        assertThat(options.loads()).isTrue();
        assertThat(options.precision()).isEqualTo("auto");
    }

    @Test
    void takesStagesOneByOneOrTogetherInSmallLetters() {
        assertThat(parse("--without", "decode", "--without", "persist,publish").without())
                .containsExactlyInAnyOrder(BenchStage.DECODE, BenchStage.PERSIST, BenchStage.PUBLISH);
    }

    @Test
    void takesVariantsByTheirWords() {
        assertThat(parse("--also", "two-checkpoints,damaged").variants()).containsExactlyInAnyOrder(Variant.values());
        assertThatThrownBy(() -> parse("--also", "lunch"))
                .hasMessageContaining("'lunch' is none of two-checkpoints, damaged");
    }

    @Test
    void turnsSettingsOfTheWorkerIntoVariables() {
        assertThat(parse("--set", "lesionstream.batch.max-delay=20ms", "--set", "lesionstream.batch.sizes=1,2")
                        .settings())
                .containsOnly(entry("LESIONSTREAM_BATCH_MAX_DELAY", "20ms"), entry("LESIONSTREAM_BATCH_SIZES", "1,2"));
    }

    @Test
    void takesACheckpointWithItsStore() {
        assertThat(parse("--checkpoint", "lesion@3", "--store", "/checkpoints").own())
                .contains(
                        new BenchOptions.OwnCheckpoint(CheckpointReference.parse("lesion@3"), Path.of("/checkpoints")));
    }

    @Test
    void refusesOptionsThatDoNotGoTogether() {
        for (List<String> wrong : List.of(
                List.of("--checkpoint", "lesion@3"),
                List.of("--checkpoint", "lesion@3", "--store", "/checkpoints", "--small"),
                List.of("--jobs", "3"),
                List.of("--without", "lunch"))) {
            assertThatThrownBy(() -> parse(wrong.toArray(String[]::new)))
                    .isInstanceOf(CommandLine.ParameterException.class);
        }
    }

    private static BenchOptions parse(String... arguments) {
        String[] words = Stream.concat(Stream.of("bench"), Stream.of(arguments)).toArray(String[]::new);
        CommandLine.ParseResult parsed = LocalCli.commandLine().parseArgs(words);
        return ((BenchCommand) parsed.subcommand().commandSpec().userObject()).options();
    }
}
