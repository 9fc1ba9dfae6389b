package org.lesionstream.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    @Test
    void saysWhatTheLogSaysWhenTheProgramDiesBeforeItIsReady() {
        try (ChildProcess program = start("echo the disk is full; exit 3")) {
            assertThatThrownBy(() -> program.awaitCondition("is ready", LONG, () -> false))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("status 3")
                    .hasMessageContaining("is ready")
                    .hasMessageContaining("the disk is full");
        }
    }

    @Test
    void reportsAFailedProgramWithItsLog() {
        try (ChildProcess program = start("echo no such folder >&2; exit 1")) {
            assertThatThrownBy(() -> program.awaitSuccess(LONG, line -> {}))
                    .hasMessageContaining("failed with status 1")
                    .hasMessageContaining("no such folder");
        }
    }

    @Test
    void killsAProgramThatDoesNotEndInTime() {
        try (ChildProcess program = start("exec sleep 600")) {
            assertThatThrownBy(() -> program.awaitSuccess(Duration.ZERO, line -> {}))
                    .hasMessageContaining("did not end");
            assertThat(program.isAlive()).isFalse();
        }
    }

    @Test
    void showsTheLastLineOfTheLogAlsoWhereItIsOverwrittenInPlace() {
        List<String> seen = new ArrayList<>();
        try (ChildProcess program = start("printf 'epoch 1\\repoch 2\\repoch 3\\n'; exec sleep 600")) {
            program.awaitCondition("has written", LONG, () -> {
                seen.add(program.lastLine());
                return seen.contains("epoch 3");
            });
            program.end(ChildProcess.Signal.KILL, LONG);
        }
        assertThat(seen).contains("epoch 3").noneMatch(line -> line.contains("\r"));
    }

    @Test
    void tellsAnOrderlyEndFromAKill() {
        try (ChildProcess orderly = start("trap 'exit 7' TERM; echo up; while true; do sleep 0.05; done")) {
            orderly.awaitCondition("is up", LONG, () -> orderly.lastLine().equals("up"));
            assertThat(orderly.end(ChildProcess.Signal.TERM, LONG)).isEqualTo(7);
        }
        try (ChildProcess killed = start("echo up; exec sleep 600")) {
            assertThat(killed.end(ChildProcess.Signal.KILL, LONG)).isEqualTo(128 + 9);
        }
    }

    private ChildProcess start(String script) {
        return ChildProcess.start(
                "The program", new ProcessBuilder("sh", "-c", script), folder.resolve("log"), ChildProcess.Signal.KILL);
    }
}
