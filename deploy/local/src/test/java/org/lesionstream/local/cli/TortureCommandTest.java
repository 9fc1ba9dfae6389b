package org.lesionstream.local.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.lesionstream.local.torture.FaultKind;
import org.lesionstream.local.torture.TortureOptions;
import picocli.CommandLine;

class TortureCommandTest {

    @Test
    void torturesThePackagedWorkerWithEveryKindOfFaultUnlessToldOtherwise() {
        TortureOptions options = parse();

        assertThat(options.kinds()).containsExactlyInAnyOrder(FaultKind.values());
        assertThat(options.builds()).singleElement().satisfies(jar -> assertThat(jar.toString())
                .endsWith("worker/target/quarkus-app/quarkus-run.jar"));
    }

    @Test
    void takesKindsByTheirWords() {
        assertThat(parse("--only", "kill-worker,scale").kinds())
                .containsExactlyInAnyOrder(FaultKind.KILL_WORKER, FaultKind.SCALE);
        assertThatThrownBy(() -> parse("--only", "lunch")).hasMessageContaining("'lunch' is none of kill-worker, ");
    }

    @Test
    void takesAnotherBuildOfTheWorkerByItsFolder() {
        assertThat(parse("--worker", "/builds/next").builds()).containsExactly(Path.of("/builds/next/quarkus-run.jar"));
    }

    @Test
    void takesABuildThatWorksBesideTheFirst() {
        assertThat(parse("--worker", "/builds/next", "--beside", "/builds/previous")
                        .builds())
                .containsExactly(Path.of("/builds/next/quarkus-run.jar"), Path.of("/builds/previous/quarkus-run.jar"));
    }

    @Test
    void refusesWhatProvesNothing() {
        assertThatThrownBy(() -> parse("--jobs", "9")).hasMessage("jobs must be at least 10, was 9");
        assertThatThrownBy(() -> parse("--faults", "-1")).hasMessage("faults must not be negative, was -1");
    }

    private static TortureOptions parse(String... arguments) {
        CommandLine line = new CommandLine(new TortureCommand());
        line.parseArgs(arguments);
        return line.<TortureCommand>getCommand().options();
    }
}
