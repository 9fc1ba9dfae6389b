package org.lesionstream.local.scale.check;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/** Processor time of this process and of all that it has started (broker and check, database, workers), and of nobody. */
final class ProcessorTime {

    private static final double NANOS = 1e9;

    /** The kernel counts in hundredths of a second towards programs, whatever it does inside. */
    private static final double TICKS_PER_SECOND = 100;

    /** Columns of {@code /proc/stat} after its first word: user, nice, system, idle, iowait. */
    private static final int IDLE = 4;

    private static final int WAITING = 5;

    private ProcessorTime() {}

    /** In seconds, since each of them began; what has ended does not count. */
    static double seconds() {
        ProcessHandle here = ProcessHandle.current();
        return Stream.concat(Stream.of(here), here.descendants())
                        .map(process -> process.info().totalCpuDuration())
                        .flatMap(Optional::stream)
                        .mapToDouble(Duration::toNanos)
                        .sum()
                / NANOS;
    }

    /** In which the cores of this machine had nothing to do, in seconds of all together since it was started. */
    static double idleSeconds() {
        try {
            return idleSeconds(Files.readString(Path.of("/proc/stat")));
        } catch (IOException failure) {
            throw new UncheckedIOException("Cannot read /proc/stat", failure);
        }
    }

    static double idleSeconds(String stat) {
        String[] columns = stat.lines().findFirst().orElse("").split(" +", -1);
        if (columns.length <= WAITING || !columns[0].equals("cpu")) {
            throw new IllegalStateException("/proc/stat does not begin with the times of all cores");
        }
        return (Long.parseLong(columns[IDLE]) + Long.parseLong(columns[WAITING])) / TICKS_PER_SECOND;
    }
}
