package org.lesionstream.local.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What Linux says about a process: memory, and processor time by role of thread. */
final class ProcessProbe {

    /** The kernel counts in hundredths of a second towards programs, whatever it does inside. */
    private static final double MILLIS_PER_TICK = 10;

    private static final Pattern RESIDENT = Pattern.compile("(?m)^VmRSS:\\s+(\\d+) kB$");

    private final Path folder;

    ProcessProbe(long pid) {
        this(Path.of("/proc", Long.toString(pid)));
    }

    /** @param folder as {@code /proc/PID} */
    ProcessProbe(Path folder) {
        this.folder = folder;
    }

    /** Memory that is really there, in MiB. */
    double residentMebibytes() {
        try {
            Matcher resident = RESIDENT.matcher(Files.readString(folder.resolve("status")));
            if (!resident.find()) {
                throw new IllegalStateException(folder + "/status does not say VmRSS");
            }
            return Long.parseLong(resident.group(1)) / 1024.0;
        } catch (IOException failure) {
            throw new UncheckedIOException("Cannot read " + folder + "/status", failure);
        }
    }

    /** Processor time since the start of each thread that lives, in milliseconds, summed by role. */
    Map<ThreadRole, Double> cpuMillis() {
        Map<ThreadRole, Double> millis = new EnumMap<>(ThreadRole.class);
        for (Path thread : threads()) {
            try {
                ThreadRole role =
                        ThreadRole.of(Files.readString(thread.resolve("comm")).strip());
                millis.merge(role, cpuMillis(Files.readString(thread.resolve("stat"))), Double::sum);
            } catch (IOException failure) {
                if (Files.exists(thread)) {
                    throw new UncheckedIOException("Cannot read " + thread, failure);
                }
                millis.merge(ThreadRole.OTHER, 0.0, Double::sum); // it ended meanwhile, and its time is gone with it
            }
        }
        return millis;
    }

    /** User and system time of one line of {@code stat}; the name before it is in brackets and may hold anything. */
    static double cpuMillis(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * MILLIS_PER_TICK;
    }

    private List<Path> threads() {
        try (Stream<Path> threads = Files.list(folder.resolve("task"))) {
            return threads.toList();
        } catch (IOException failure) {
            throw new UncheckedIOException("Cannot list " + folder + "/task", failure);
        }
    }
}
