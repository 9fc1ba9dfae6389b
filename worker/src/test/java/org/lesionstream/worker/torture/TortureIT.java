package org.lesionstream.worker.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionstream.local.report.Terminal;
import org.lesionstream.local.torture.FaultKind;
import org.lesionstream.local.torture.Intake;
import org.lesionstream.local.torture.Torture;
import org.lesionstream.local.torture.TortureOptions;
import org.lesionstream.worker.testing.ChangedBuild;

/** A short torture, whole; {@code deploy/torture} makes longer ones. */
class TortureIT {

    private static final Path HOME = Path.of("..").toAbsolutePath().normalize();
    private static final Path PACKAGED = Path.of("target", "quarkus-app", "quarkus-run.jar");

    private static final long SEED = 1;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    @Test
    void losesNothingAndDoublesNothingUnderFaults() throws IOException {
        assertThat(passes(PACKAGED, 300, 8, EnumSet.allOf(FaultKind.class), Intake.CONSUMER_GROUP))
                .as("%s", said)
                .isTrue();
        assertThat(said()).endsWith("lost=0 duplicates=0 corrupt=0\n");
    }

    @Test
    void losesNothingInAShareGroupEither() throws IOException {
        assertThat(passes(PACKAGED, 150, 6, EnumSet.allOf(FaultKind.class), Intake.SHARE_GROUP))
                .as("%s", said)
                .isTrue();
        assertThat(said()).containsPattern("promise=at-least-once repeated=[0-9]+ lost=0 duplicates=0 corrupt=0\n$");
    }

    @Test
    void noticesABuildThatCommitsBeforeItPersists() throws IOException {
        Path broken = ChangedBuild.copy(folder.resolve("broken"))
                .with(
                        "org.lesionstream.worker.intake.ConsumerProperties",
                        new ChangedBuild.Change(
                                "properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);",
                                "properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, true);"
                                        + "properties.put(ConsumerConfig.AUTO_COMMIT_INTERVAL_MS_CONFIG, 50);"))
                .jar();

        assertThat(passes(broken, 150, 3, EnumSet.of(FaultKind.HALT_BEFORE_PERSIST), Intake.CONSUMER_GROUP))
                .as("%s", said)
                .isFalse();
        assertThat(said()).containsPattern("lost=[1-9]");
    }

    private boolean passes(Path worker, int jobs, int faults, Set<FaultKind> kinds, Intake intake) throws IOException {
        Terminal terminal = new Terminal(new PrintStream(said, true, StandardCharsets.UTF_8), false, Clock.systemUTC());
        return Torture.run(
                new TortureOptions(
                        HOME,
                        List.of(worker.toAbsolutePath()),
                        folder.resolve("torture"),
                        jobs,
                        faults,
                        kinds,
                        SEED,
                        intake),
                terminal,
                Clock.systemUTC());
    }

    private String said() {
        return said.toString(StandardCharsets.UTF_8);
    }
}
