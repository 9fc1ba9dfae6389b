package org.lesionstream.local.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessProbeTest {

    @TempDir
    private Path folder;

    @Test
    void addsUpProcessorTimeByRole() throws IOException {
        thread(11, "inference-0", 100, 20);
        thread(12, "start-up", 300, 0);
        thread(13, "decode-0", 7, 1);
        thread(14, "G1 Conc#0) x (", 2, 2);

        assertThat(new ProcessProbe(folder).cpuMillis())
                .containsOnly(
                        entry(ThreadRole.INFERENCE, 4200.0),
                        entry(ThreadRole.DECODE, 80.0),
                        entry(ThreadRole.COLLECTOR, 40.0));
    }

    @Test
    void readsTheMemoryThatIsReallyThere() throws IOException {
        Files.writeString(folder.resolve("status"), "VmPeak:\t  999999 kB\nVmRSS:\t  524288 kB\nRssAnon:\t 1 kB\n");

        assertThat(new ProcessProbe(folder).residentMebibytes()).isEqualTo(512);
    }

    @Test
    void readsThisProcess() {
        ProcessProbe self = new ProcessProbe(ProcessHandle.current().pid());

        assertThat(self.residentMebibytes()).isPositive();
        assertThat(self.cpuMillis().values().stream()
                        .mapToDouble(Double::doubleValue)
                        .sum())
                .isPositive();
    }

    private void thread(int id, String comm, int userTicks, int systemTicks) throws IOException {
        Path thread = Files.createDirectories(folder.resolve("task/" + id));
        Files.writeString(thread.resolve("comm"), comm + "\n");
        Files.writeString(
                thread.resolve("stat"),
                id + " (" + comm + ") S 1 2 3 0 -1 4194304 10 11 12 13 " + userTicks + " " + systemTicks
                        + " 0 0 20 0 45 0\n");
    }
}
