package org.lesionstream.local;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * A program that runs beside us, writes to a log file and never outlives this JVM.
 *
 * <ul>
 *   <li>Output and errors are appended to the log; whatever goes wrong is reported with the end of that log.
 *   <li>It is stopped when the JVM ends in order. When the JVM itself is killed outright, it stays.
 *   <li>Waiting is always for a condition, with a limit; a program that dies meanwhile ends the wait.
 * </ul>
 */
final class ChildProcess implements AutoCloseable {

    /** The signals of POSIX that we send. */
    enum Signal {
        INT,
        QUIT,
        TERM,
        KILL,
        STOP,
        CONT
    }

    private static final long POLL_MILLIS = 50;
    private static final long WATCH_MILLIS = 250;
    private static final int LOG_END_BYTES = 4000;
    private static final Duration LAST_LIMIT = Duration.ofSeconds(20);
    private static final Duration JVM_EXIT_LIMIT = Duration.ofSeconds(5);

    private final String name;
    private final Path log;
    private final Process process;
    private final Thread hook;

    private ChildProcess(String name, Path log, Process process, Signal atExit) {
        this.name = name;
        this.log = log;
        this.process = process;
        this.hook = new Thread(() -> endWithJvm(atExit), "stop " + name);
    }

    /**
     * Starts the program with its output in the log file.
     *
     * @param atExit what the program gets when this JVM ends first; whoever ignores it for {@link #JVM_EXIT_LIMIT} is killed
     * @throws IllegalStateException when the operating system refuses
     */
    static ChildProcess start(String name, ProcessBuilder program, Path log, Signal atExit) {
        try {
            Process process = program.redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            process.getOutputStream().close();
            ChildProcess child = new ChildProcess(name, log, process, atExit);
            Runtime.getRuntime().addShutdownHook(child.hook);
            return child;
        } catch (IOException failure) {
            throw new IllegalStateException(name + " cannot be started: " + failure.getMessage(), failure);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    Path log() {
        return log;
    }

    /**
     * Waits until the condition holds.
     *
     * @throws IllegalStateException when the program ends first or the limit passes; the message holds the end of the log
     */
    void awaitCondition(String condition, Duration limit, BooleanSupplier holds) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException(name + " runs, but after " + limit.toSeconds()
                        + " s it is not true that it " + condition + "." + logEnd());
            }
            if (ended(POLL_MILLIS)) {
                throw new IllegalStateException(name + " ended with status " + process.exitValue() + " before it "
                        + condition + "." + logEnd());
            }
        }
    }

    /** Waits for the end of the program; true when it has ended within the time. */
    boolean ended(long millis) {
        try {
            return process.waitFor(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for " + name, interrupted);
        }
    }

    /**
     * Waits for the program to end with status 0.
     *
     * @param lastLine hears the last line of the log a few times per second, on the calling thread
     * @throws IllegalStateException when it does not; the message holds the end of the log
     */
    void awaitSuccess(Duration limit, Consumer<String> lastLine) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!ended(WATCH_MILLIS)) {
            if (System.nanoTime() - deadline > 0) {
                end(Signal.KILL, LAST_LIMIT);
                throw new IllegalStateException(name + " did not end within " + limit.toSeconds() + " s." + logEnd());
            }
            lastLine.accept(lastLine());
        }
        removeHook();
        if (process.exitValue() != 0) {
            throw new IllegalStateException(name + " failed with status " + process.exitValue() + "." + logEnd());
        }
    }

    /**
     * Sends the signal and waits for the end of the program.
     *
     * @return the exit status
     * @throws IllegalStateException when it still runs after the limit; it is killed then
     */
    int end(Signal signal, Duration limit) {
        if (process.isAlive()) {
            send(signal);
        }
        boolean ended = ended(limit.toMillis());
        if (!ended) {
            process.destroyForcibly();
            ended(LAST_LIMIT.toMillis());
        }
        removeHook();
        if (!ended) {
            throw new IllegalStateException(name + " was still running " + limit.toSeconds() + " s after SIG" + signal
                    + " and was killed." + logEnd());
        }
        return process.exitValue();
    }

    /** Sends the signal to a program that runs, and does not wait for what it does. */
    void signal(Signal signal) {
        if (process.isAlive()) {
            send(signal);
        }
    }

    @Override
    public void close() {
        end(Signal.TERM, LAST_LIMIT);
    }

    /** The end of the log, for a message that says what went wrong; begins on a new line. */
    String logEnd() {
        try {
            return "\nThe end of its log " + log + ":\n" + lastCharacters();
        } catch (IOException unreadable) {
            return "\nIts log " + log + " cannot be read: " + unreadable.getMessage();
        }
    }

    /** The last line of the log that is not blank; a carriage return begins a new line, as on a terminal. */
    String lastLine() {
        try {
            String end = lastCharacters();
            return end.substring(Math.max(end.lastIndexOf('\n'), end.lastIndexOf('\r')) + 1);
        } catch (IOException unreadable) {
            return "";
        }
    }

    private String lastCharacters() throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            long start = Math.max(0, file.length() - LOG_END_BYTES);
            byte[] end = new byte[(int) (file.length() - start)];
            file.seek(start);
            file.readFully(end);
            return new String(end, StandardCharsets.UTF_8).strip();
        }
    }

    private void endWithJvm(Signal atExit) {
        send(atExit);
        if (!ended(JVM_EXIT_LIMIT.toMillis())) {
            process.destroyForcibly();
        }
    }

    private void send(Signal signal) {
        if (signal == Signal.KILL) {
            process.destroyForcibly();
            return;
        }
        if (signal == Signal.TERM) {
            process.destroy();
            return;
        }
        try {
            // Java can send SIGTERM and SIGKILL only.
            new ProcessBuilder("sh", "-c", "kill -" + signal + " " + process.pid())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException failure) {
            throw new UncheckedIOException("Cannot send a signal to " + name, failure);
        }
    }

    private void removeHook() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            // The JVM is ending, and the hook with it: nothing is left to remove.
            return;
        }
    }
}
