package org.lesionstream.trainer.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.lesionstream.trainer.cli.TrainerCli;

/** One command of the trainer as a process of its own, from the class path of the tests. */
public final class TrainerProcess implements AutoCloseable {

    private final Process process;
    private final BufferedReader out;
    private final StringBuilder said = new StringBuilder();

    private TrainerProcess(Process process) {
        this.process = process;
        this.out = process.inputReader();
    }

    /** Starts a command with its options, as on the command line. */
    public static TrainerProcess start(List<String> arguments) throws IOException {
        return start(TrainerCli.class, arguments);
    }

    /** The same for another program of this class path. */
    static TrainerProcess start(Class<?> program, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
        command.addAll(arguments);
        return new TrainerProcess(
                new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    /** Returns once it has said a line that begins so. */
    public void awaitLine(String beginning) throws IOException {
        for (String line = hear(); line != null; line = hear()) {
            if (line.startsWith(beginning)) {
                return;
            }
        }
        throw new IOException("the process ended without \"%s\"; it said%n%s".formatted(beginning, said));
    }

    /** Asks it to end as {@code kill} does. */
    public void terminate() {
        process.toHandle().destroy(); // in contrast to that of the process, it leaves the pipe open
    }

    /** Kills it as {@code kill -9} does. */
    public void kill() {
        process.toHandle().destroyForcibly();
    }

    /** Its exit status, once it has ended. */
    public int await() throws IOException, InterruptedException {
        while (hear() != null) {
            // Kept for whoever asks what it said.
        }
        return process.waitFor();
    }

    /** Everything that it has said and that was heard. */
    public String said() {
        return said.toString();
    }

    private String hear() throws IOException {
        String line = out.readLine();
        if (line != null) {
            said.append(line).append('\n');
        }
        return line;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
