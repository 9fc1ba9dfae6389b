package org.lesionstream.hostile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Lets Jazzer look for input that makes a target break its promise, one target after the other, each in a process of its own.
 *
 * <ul>
 *   <li>The time is shared evenly; a process ends at its first finding, and the others still get their turn.
 *   <li>A process has {@value #HEAP}. What never returns is ended after {@link #HANG}; what returns too late is found by the target itself.
 *   <li>In the folder: {@code corpus/} of each target, which the next run begins with, {@code logs/}, and {@code findings/} with the input of each finding.
 * </ul>
 */
public final class FuzzRun {

    private static final String HEAP = "-Xmx512m";
    private static final Duration HANG = Duration.ofSeconds(10);

    /** Memory of the whole process: heap, code, and what the JDK's picture readers take beside it. */
    private static final int PROCESS_MEBIBYTES = 1536;

    /** How long a process needs to start, of the time of its target. */
    private static final Duration START = Duration.ofSeconds(4);

    private static final Pattern EXECUTIONS = Pattern.compile("stat::number_of_executed_units: *([0-9]+)");

    private final Path folder;
    private final List<Target> targets;

    private FuzzRun(Path folder, List<Target> targets) {
        this.folder = folder;
        this.targets = targets;
    }

    /** Arguments: folder, minutes for all targets together, pattern that the names of targets must match. The exit status is 1 if there are findings. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Duration time = Duration.ofMillis((long) (Double.parseDouble(arguments[1]) * 60_000));
        List<Target> targets = Targets.all()
                .filter(target -> target.name().matches(arguments[2]))
                .toList();
        int findings = new FuzzRun(Path.of(arguments[0]), targets).run(time);
        System.exit(findings == 0 ? 0 : 1);
    }

    private int run(Duration time) throws IOException, InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        int findings = 0;
        for (int done = 0; done < targets.size(); done++) {
            Target target = targets.get(done);
            Duration share = Duration.ofNanos(end - System.nanoTime()).dividedBy(targets.size() - done);
            long seconds = Math.max(1, share.minus(START).toSeconds());
            say("%d of %d, %s: %d s".formatted(done + 1, targets.size(), target, seconds));
            if (!holds(target, seconds)) {
                findings++;
            }
        }
        say(targets.size() + " targets, " + findings + " findings");
        return findings;
    }

    /** Fuzzes one target and says what came out. */
    private boolean holds(Target target, long seconds) throws IOException, InterruptedException {
        Path log = Files.createDirectories(folder.resolve("logs")).resolve(target + ".log");
        Process process = new ProcessBuilder(command(target, seconds))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        int status = process.waitFor();
        String said = Files.readString(log);
        Matcher executions = EXECUTIONS.matcher(said);
        say("%s: %s executions, %s"
                .formatted(target, executions.find() ? executions.group(1) : "no", outcome(target, status)));
        return status == 0;
    }

    private String outcome(Target target, int status) throws IOException {
        if (status == 0) {
            return "no finding";
        }
        try (Stream<Path> files = Files.list(findings())) {
            List<String> inputs = files.filter(
                            file -> file.getFileName().toString().startsWith(target + "-"))
                    .map(Path::toString)
                    .toList();
            return "FINDING, status " + status + ", input " + inputs + ", see " + folder.resolve("logs");
        }
    }

    private List<String> command(Target target, long seconds) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                HEAP,
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer"));
        command.addAll(List.of(
                "--target_class=" + FuzzTarget.class.getName(),
                "--target_args=" + target,
                "--instrumentation_includes=org.lesionstream.**",
                "--reproducer_path=" + findings(),
                "-artifact_prefix=" + findings().resolve(target + "-"),
                "-max_total_time=" + seconds,
                "-timeout=" + HANG.toSeconds(),
                "-rss_limit_mb=" + PROCESS_MEBIBYTES,
                "-print_final_stats=1",
                corpus(target).toString()));
        return command;
    }

    private Path findings() throws IOException {
        return Files.createDirectories(folder.resolve("findings"));
    }

    /** The sound input, beside what an earlier run found worth keeping. */
    private Path corpus(Target target) throws IOException {
        Path corpus = Files.createDirectories(folder.resolve("corpus").resolve(target.name()));
        for (int i = 0; i < target.sound().size(); i++) {
            Files.write(corpus.resolve("sound-" + i), target.sound().get(i));
        }
        return corpus;
    }

    private static void say(String words) {
        System.out.println("fuzz: " + words);
    }
}
