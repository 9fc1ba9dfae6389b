package org.lesionstream.worker.command;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Brings the tables to the version that this worker needs, or says whether they have it. */
@Command(
        name = "migrate",
        mixinStandardHelpOptions = true,
        description = {
            "Brings the tables of the database to the version that this worker needs.",
            "Run it once before the workers of a new version, with a user that may create tables, and let the workers run with"
                    + " QUARKUS_FLYWAY_MIGRATE_AT_START=false and a user that may not."
        })
public final class MigrateCommand implements Callable<Integer> {

    @Option(
            names = "--check",
            description = "Change nothing; fail if the tables are older than this worker. Newer ones are fine.")
    private boolean check;

    @Mixin
    private DatabaseOptions database;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Flyway flyway = Flyway.configure().dataSource(database.source()).load();
        try {
            return check ? check(flyway) : migrate(flyway);
        } catch (FlywayException failure) {
            spec.commandLine().getErr().println("migrate: " + failure.getMessage());
            return ExitCode.SOFTWARE;
        }
    }

    private int migrate(Flyway flyway) {
        int done = flyway.migrate().migrationsExecuted;
        say("migrations=" + done + " version=" + flyway.info().getInfoResult().schemaVersion);
        return ExitCode.OK;
    }

    /** Views may be those of a newer worker and are not looked at: both versions run during an upgrade. */
    private int check(Flyway flyway) {
        List<String> pending = Arrays.stream(flyway.info().pending())
                .filter(MigrationInfo::isVersioned)
                .map(migration -> migration.getVersion().getVersion())
                .toList();
        if (pending.isEmpty()) {
            say("version=" + flyway.info().getInfoResult().schemaVersion);
            return ExitCode.OK;
        }
        spec.commandLine()
                .getErr()
                .println("migrate: the tables lack the versions " + String.join(", ", pending)
                        + "; run `migrate` before the workers");
        return ExitCode.SOFTWARE;
    }

    private void say(String figures) {
        spec.commandLine().getOut().println("migrate: " + figures);
    }
}
