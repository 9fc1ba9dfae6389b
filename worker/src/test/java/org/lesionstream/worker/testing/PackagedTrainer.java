package org.lesionstream.worker.testing;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.lesionstream.local.TrainerProcess;

/** The packaged trainer as a child process, for checkpoints that are really trained. */
public final class PackagedTrainer {

    private static final Path JAR = Path.of("..", "trainer", "target", "trainer.jar");

    private PackagedTrainer() {}

    /**
     * Runs one command to its end, which must be a success.
     *
     * @param log what it prints goes there
     * @param within longer than it takes
     */
    public static void run(Path log, Duration within, String... arguments) {
        try (TrainerProcess process = TrainerProcess.start(JAR, List.of(arguments), log)) {
            process.awaitSuccess(within, line -> {});
        }
    }
}
