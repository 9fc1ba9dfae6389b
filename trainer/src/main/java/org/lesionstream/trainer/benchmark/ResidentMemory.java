package org.lesionstream.trainer.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How much memory a process has, as the kernel counts it: the pages that lie in memory, of Java and of the engine together.
 *
 * @param idleKib with the weights loaded, before anything was run
 * @param peakKib at most at any time until one forward was done
 */
public record ResidentMemory(long idleKib, long peakKib) {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String NOW = "VmRSS";
    private static final String MOST = "VmHWM";

    /**
     * Runs the block of a case once. What this process did before counts too, so it should do nothing else.
     *
     * @throws IOException where the kernel does not say
     */
    public static ResidentMemory ofBlock(BenchmarkCase setting) throws IOException {
        try (RandomNetwork network = new RandomNetwork(setting);
                Forward eager = network.eager()) {
            return of(eager, setting);
        }
    }

    /**
     * Runs an exported file of a case once, with the same reservation.
     *
     * @param file as {@link RandomNetwork#export} wrote it
     */
    public static ResidentMemory ofFile(BenchmarkCase setting, Path file) throws IOException {
        try (Forward loaded = FileForward.load(file, setting)) {
            return of(loaded, setting);
        }
    }

    private static ResidentMemory of(Forward forward, BenchmarkCase setting) throws IOException {
        byte[] pixels = setting.pixels();
        long idle = kib(NOW);
        forward.millis(pixels);
        return new ResidentMemory(idle, kib(MOST));
    }

    private static long kib(String key) throws IOException {
        return Files.readAllLines(STATUS).stream()
                .filter(line -> line.startsWith(key + ":"))
                .map(line -> line.replaceAll("[^0-9]", ""))
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElseThrow(() -> new IOException(STATUS + " does not say " + key));
    }
}
