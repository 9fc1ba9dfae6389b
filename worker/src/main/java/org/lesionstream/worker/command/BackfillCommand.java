package org.lesionstream.worker.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.lesionstream.worker.failure.SegmentationException;
import org.lesionstream.worker.persist.BackfillRow;
import org.lesionstream.worker.persist.Backfills;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs backfills, says how they are, and lets an operator hold them. */
@Command(
        name = "backfill",
        mixinStandardHelpOptions = true,
        description = "Pushes many old pictures through the backfill lane, and says how far it is.",
        subcommands = BackfillRunCommand.class)
public final class BackfillCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Name a command: run, list, status, pause or resume.");
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Lists all backfills, the one that was started last first.")
    int list(
            @Mixin DatabaseOptions database,
            @Option(names = "--json", description = "Print one JSON document instead of a table.") boolean json) {
        return asking(database, backfills -> {
            List<BackfillRow> rows = backfills.all();
            print(json ? text(rows.stream().map(BackfillRows::json).toList()) : BackfillRows.table(rows));
            return ExitCode.OK;
        });
    }

    @Command(
            name = "status",
            mixinStandardHelpOptions = true,
            description = "Says how far a backfill is. Exit status 1 if there is none of that name.")
    int status(
            @Mixin DatabaseOptions database,
            @Parameters(paramLabel = "NAME", description = "Name of the backfill.") String name,
            @Option(names = "--json", description = "Print one JSON document instead of lines.") boolean json) {
        return asking(database, backfills -> {
            Optional<BackfillRow> row = backfills.find(name);
            if (row.isEmpty()) {
                return absent(name);
            }
            print(json ? text(BackfillRows.json(row.get())) : BackfillRows.page(row.get()));
            return ExitCode.OK;
        });
    }

    @Command(
            name = "pause",
            mixinStandardHelpOptions = true,
            description =
                    "Lets a running backfill hold within two seconds. Jobs in the fleet are still done and counted.")
    int pause(
            @Mixin DatabaseOptions database,
            @Parameters(paramLabel = "NAME", description = "Name of the backfill.") String name) {
        return asking(database, backfills -> moved(backfills, name, backfills.pause(name), "paused", "running"));
    }

    @Command(
            name = "resume",
            mixinStandardHelpOptions = true,
            description = "Lets a paused backfill go on, within two seconds.")
    int resume(
            @Mixin DatabaseOptions database,
            @Parameters(paramLabel = "NAME", description = "Name of the backfill.") String name) {
        return asking(database, backfills -> moved(backfills, name, backfills.resume(name), "resumed", "paused"));
    }

    private int moved(Backfills backfills, String name, boolean done, String word, String needed) {
        Optional<BackfillRow> row = backfills.find(name);
        if (row.isEmpty()) {
            return absent(name);
        }
        if (!done) {
            complain(name + " is not " + needed + ", it is " + row.get().state().word());
            return ExitCode.SOFTWARE;
        }
        print(name + " is " + word + System.lineSeparator());
        if (row.get().abandoned()) {
            complain("but nothing was heard of it for " + row.get().silence().toSeconds()
                    + " s: the program that ran it is gone; backfill run goes on where it was");
        }
        return ExitCode.OK;
    }

    private int absent(String name) {
        complain("there is no backfill " + name + "; backfill list names those that were ever run");
        return ExitCode.SOFTWARE;
    }

    private int asking(DatabaseOptions database, Function<Backfills, Integer> question) {
        try {
            return question.apply(new Backfills(database.impatientSource()));
        } catch (SegmentationException failure) {
            complain(unavailable(failure));
            return ExitCode.SOFTWARE;
        }
    }

    /** What to do when the database refuses at the start. */
    static String unavailable(SegmentationException failure) {
        return "the database does not do that now (" + failure.code()
                + "); see that --jdbc-url, --user and QUARKUS_DATASOURCE_PASSWORD are right, and that a worker of this "
                + "version was started once, which makes the tables";
    }

    private void print(String text) {
        PrintWriter out = spec.commandLine().getOut();
        out.print(text);
        out.flush();
    }

    private void complain(String text) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("backfill: " + text);
        err.flush();
    }

    static String text(Object document) {
        try {
            return new ObjectMapper().writeValueAsString(document) + System.lineSeparator();
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("texts and numbers can be printed", impossible);
        }
    }
}
