package org.lesionstream.local.cli;

import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Optional;
import org.lesionstream.local.Artifacts;
import org.lesionstream.local.report.Terminal;
import picocli.CommandLine.Option;

/** What every command of the local stack is told, and where it finds the built project. */
final class StackOptions {

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description =
                    "working folder with logs and data; emptied first (default: deploy/local/target/${COMMAND-NAME})")
    private Optional<Path> out;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "decides everything that is left to chance: pictures, training, jobs, times"
                    + " (default: ${DEFAULT-VALUE})")
    private long seed;

    /** @param command whose default folder it is */
    Path out(String command) {
        return out.orElseGet(() -> home().resolve("deploy/local/target").resolve(command));
    }

    long seed() {
        return seed;
    }

    /** Root of the built project. */
    Path home() {
        return Path.of(System.getProperty("lesionstream.home", "")).toAbsolutePath();
    }

    Artifacts artifacts() {
        return new Artifacts(home());
    }

    static Terminal terminal() {
        return new Terminal(
                System.out, Boolean.getBoolean("lesionstream.terminal"), Clock.system(ZoneId.systemDefault()));
    }
}
