package org.lesionstream.hostile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Lets Jazzer look for input that makes a target break its promise, each target in a process of its own, as many at a time as there are processors.
 *
 * <ul>
 *   <li>The time is shared evenly, and what the processes need to start comes on top. A process ends at its first finding, and the others still get their turn.
 *   <li>A process has {@value #HEAP}. What never returns is ended after {@link #HANG}; what returns too late is found by the target itself.
 *   <li>In the folder: {@code corpus/} of each target, which the next run begins with, {@code logs/}, and {@code findings/} with the input of each finding.
 * </ul>
 */
public final class FuzzRun {

    private static final String HEAP = "-Xmx512m";
    private static final Duration HANG = Duration.ofSeconds(10);

    /** Memory of the whole process: heap, code, and what the JDK's picture readers take beside it. */
    private static final int PROCESS_MEBIBYTES = 1536;

    private static final int AT_A_TIME = Runtime.getRuntime().availableProcessors();

    private static final Pattern EXECUTIONS = Pattern.compile("stat::number_of_executed_units: *([0-9]+)");

    private final Path folder;
    private final List<Turn> turns;

    private FuzzRun(Path folder, List<Turn> turns) {
        this.folder = folder;
        this.turns = turns;
    }

    /** Arguments: folder, minutes that all processors give together, pattern that the names of targets must match. The exit status is 1 if there are findings. */
    public static void main(String[] arguments) throws InterruptedException, ExecutionException {
        Duration time = Duration.ofMillis((long) (Double.parseDouble(arguments[1]) * 60_000));
        List<Turn> turns = ServiceLoader.load(Targets.class).stream()
                .map(ServiceLoader.Provider::get)
                .flatMap(list -> list.targets().stream().map(target -> new Turn(list.getClass(), target)))
                .filter(turn -> turn.target.name().matches(arguments[2]))
                .toList();
        if (turns.isEmpty()) {
            throw new IllegalArgumentException("no target has a name that matches " + arguments[2]);
        }
        int findings = new FuzzRun(Path.of(arguments[0]), turns).run(time);
        System.exit(findings == 0 ? 0 : 1);
    }

    /** A target, and the class of the list that it stands in, the only one that its process makes. */
    private record Turn(Class<? extends Targets> list, Target target) {}

    private int run(Duration time) throws InterruptedException, ExecutionException {
        long seconds =
                Math.max(1, time.multipliedBy(AT_A_TIME).dividedBy(turns.size()).toSeconds());
        say("%d targets, %d at a time, %d s each".formatted(turns.size(), AT_A_TIME, seconds));
        ExecutorService lanes = Executors.newFixedThreadPool(AT_A_TIME);
        CompletionService<Outcome> outcomes = new ExecutorCompletionService<>(lanes);
        turns.forEach(turn -> outcomes.submit(() -> fuzz(turn, seconds)));
        lanes.shutdown();
        int findings = 0;
        for (int done = 1; done <= turns.size(); done++) {
            Outcome outcome = outcomes.take().get();
            say("%d of %d, %s".formatted(done, turns.size(), outcome.words()));
            findings += outcome.held() ? 0 : 1;
        }
        say(turns.size() + " targets, " + findings + " findings");
        return findings;
    }

    /** What came out for one target: whether it kept its promise, and the same in words. */
    private record Outcome(boolean held, String words) {}

    private Outcome fuzz(Turn turn, long seconds) throws IOException, InterruptedException {
        Target target = turn.target;
        Path log = Files.createDirectories(folder.resolve("logs")).resolve(target + ".log");
        Process process = new ProcessBuilder(command(turn, seconds))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        int status = process.waitFor();
        Matcher executions = EXECUTIONS.matcher(Files.readString(log));
        String found = status == 0
                ? "no finding"
                : "FINDING, status %d, input %s, words in %s".formatted(status, inputs(target), log);
        return new Outcome(
                status == 0,
                "%s: %s executions, %s".formatted(target, executions.find() ? executions.group(1) : "no", found));
    }

    private List<Path> inputs(Target target) throws IOException {
        try (Stream<Path> files = Files.list(findings())) {
            return files.filter(file -> file.getFileName().toString().startsWith(target + "-"))
                    .toList();
        }
    }

    private List<String> command(Turn turn, long seconds) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                HEAP,
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer"));
        command.addAll(List.of(
                "--target_class=" + FuzzTarget.class.getName(),
                "--target_args=" + turn.list.getName() + " " + turn.target,
                "--instrumentation_includes=org.lesionstream.**",
                "--reproducer_path=" + findings(),
                "-artifact_prefix=" + findings().resolve(turn.target + "-"),
                "-max_total_time=" + seconds,
                "-timeout=" + HANG.toSeconds(),
                "-rss_limit_mb=" + PROCESS_MEBIBYTES,
                "-print_final_stats=1",
                corpus(turn.target).toString()));
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
