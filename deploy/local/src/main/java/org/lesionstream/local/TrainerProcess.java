package org.lesionstream.local;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * One command of the packaged trainer as a child process.
 *
 * <ul>
 *   <li>Its output goes to a log file; the last line of it can be watched while the command runs.
 *   <li>A command that fails is reported with the end of its log. It ends with this JVM, unless the JVM is killed outright.
 * </ul>
 */
public final class TrainerProcess implements AutoCloseable {

    private final ChildProcess process;

    private TrainerProcess(ChildProcess process) {
        this.process = process;
    }

    /**
     * Starts a command.
     *
     * @param jar {@code trainer.jar}, its libraries beside it
     * @param arguments the command and its options, as on the command line
     * @param log gets the output, appended
     */
    public static TrainerProcess start(Path jar, List<String> arguments, Path log) {
        String name = "trainer " + arguments.get(0);
        return new TrainerProcess(
                ChildProcess.start(name, JavaPrograms.ofJar(jar, arguments, Map.of()), log, ChildProcess.Signal.TERM));
    }

    /**
     * Waits until the command has ended with status 0.
     *
     * @param lastLine hears the last line of the log a few times per second, on the calling thread
     * @throws IllegalStateException when it fails or runs longer than the limit; the message holds the end of its log
     */
    public void awaitSuccess(Duration limit, Consumer<String> lastLine) {
        process.awaitSuccess(limit, lastLine);
    }

    /** Ends the command if it still runs. */
    @Override
    public void close() {
        process.end(ChildProcess.Signal.KILL, Duration.ofSeconds(10));
    }
}
