package org.lesionstream.trainer.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lesionstream.schemas.checkpoint.Precision;
import org.lesionstream.trainer.benchmark.BenchmarkCase;
import org.lesionstream.trainer.benchmark.RandomNetwork;
import org.lesionstream.trainer.benchmark.ResidentMemory;

/**
 * The memory that a block and its fp32 file take, each measured in a process of its own: memory that a process had once is seldom given back, so two
 * measurements in one process would be one.
 */
final class MemoryProbe {
    private static final double MEBI_IN_KIBI = 1024;
    private static final Pattern ANSWER = Pattern.compile("probe: idle-kib=([0-9]+) peak-kib=([0-9]+)");

    private final BenchmarkCase setting;
    private final int threads;

    MemoryProbe(BenchmarkCase setting, int threads) {
        this.setting = setting;
        this.threads = threads;
    }

    /** Measures the file, or else the block, in this process, which {@link #compare} started, and tells it the result. */
    static void print(BenchmarkCase setting, Optional<Path> file, PrintWriter out) throws IOException {
        ResidentMemory measured =
                file.isPresent() ? ResidentMemory.ofFile(setting, file.get()) : ResidentMemory.ofBlock(setting);
        out.printf("probe: idle-kib=%d peak-kib=%d%n", measured.idleKib(), measured.peakKib());
        out.flush();
    }

    /** Measures both in new processes. */
    void compare(PrintWriter out) throws IOException {
        ResidentMemory block = inNewProcess("--probe-block");
        print(out, "block", block);
        ResidentMemory file;
        Path exported = Files.createTempFile("benchmark", ".pt");
        try {
            try (RandomNetwork network = new RandomNetwork(setting)) {
                network.export(Precision.FP32, exported);
            }
            file = inNewProcess("--probe-file", exported.toString());
        } finally {
            Files.delete(exported);
        }
        print(out, "file", file);
        out.printf(
                Locale.ROOT,
                "benchmark-memory: network=%s batch=%d size=%s block-mib=%.0f file-mib=%.0f ratio=%.2f%n",
                setting.network(),
                setting.batch(),
                setting.size(),
                block.peakKib() / MEBI_IN_KIBI,
                file.peakKib() / MEBI_IN_KIBI,
                (double) block.peakKib() / file.peakKib());
        out.flush();
    }

    private static void print(PrintWriter out, String name, ResidentMemory memory) {
        out.printf(
                Locale.ROOT,
                "%-6s peak %8.0f MiB, of which idle with weights %6.0f MiB%n",
                name,
                memory.peakKib() / MEBI_IN_KIBI,
                memory.idleKib() / MEBI_IN_KIBI);
        out.flush();
    }

    private ResidentMemory inNewProcess(String... probe) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                TrainerCli.class.getName(),
                "benchmark",
                "--network",
                setting.network().toString(),
                "--input",
                setting.channels() + "x" + setting.height() + "x" + setting.width(),
                "--batch",
                Integer.toString(setting.batch()),
                "--threads",
                Integer.toString(threads)));
        command.addAll(List.of(probe));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader answers = process.inputReader()) {
            List<String> lines = answers.lines().toList();
            int status = process.waitFor();
            return lines.stream()
                    .map(ANSWER::matcher)
                    .filter(Matcher::matches)
                    .map(answer -> new ResidentMemory(Long.parseLong(answer.group(1)), Long.parseLong(answer.group(2))))
                    .findFirst()
                    .orElseThrow(() -> new IOException("the process that runs " + setting.network() + " with "
                            + probe[0] + " ended with status " + status
                            + " and without a figure; a batch too large for the memory is killed with 137"));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw (IOException)
                    new InterruptedIOException("interrupted while " + probe[0] + " ran").initCause(interrupted);
        } finally {
            process.destroyForcibly();
        }
    }
}
