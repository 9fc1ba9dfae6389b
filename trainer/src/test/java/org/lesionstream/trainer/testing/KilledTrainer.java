package org.lesionstream.trainer.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.lesionstream.trainer.cli.TrainerCli;

/** A trainer in a process of its own that ends like one that is killed, without a last word, as soon as it has said something. */
public final class KilledTrainer {

    private static final int KILLED = 137;

    private KilledTrainer() {}

    /**
     * Runs it; returns when it is gone.
     *
     * @param saying what it has said on standard error when it ends, as a regular expression that is searched for
     * @throws IOException when it ended in another way
     */
    public static void run(String saying, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(saying));
        command.addAll(List.of(arguments));
        try (TrainerProcess process = TrainerProcess.start(KilledTrainer.class, command)) {
            int status = process.await();
            if (status != KILLED) {
                throw new IOException("the process ended with " + status + ": " + process.said());
            }
        }
    }

    /** The process itself. */
    public static void main(String[] arguments) {
        System.setErr(
                new PrintStream(new Ending(System.err, Pattern.compile(arguments[0])), true, StandardCharsets.UTF_8));
        TrainerCli.main(Arrays.copyOfRange(arguments, 1, arguments.length));
    }

    private static final class Ending extends OutputStream {
        private final PrintStream err;
        private final Pattern saying;
        private final ByteArrayOutputStream said = new ByteArrayOutputStream();

        Ending(PrintStream err, Pattern saying) {
            this.err = err;
            this.saying = saying;
        }

        @Override
        public void write(int letter) {
            said.write(letter);
            err.write(letter);
        }

        @Override
        public void flush() {
            err.flush();
            if (saying.matcher(said.toString(StandardCharsets.UTF_8)).find()) {
                Runtime.getRuntime().halt(KILLED);
            }
        }
    }
}
