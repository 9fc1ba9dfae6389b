package org.lesionstream.worker.upgrade;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.lesionstream.worker.testing.ChangedBuild;
import org.lesionstream.worker.testing.ChangedBuild.Change;

/**
 * What the release after this one could be: the packaged worker with one more migration and, where that only adds, code that uses it.
 *
 * <ul>
 *   <li>Its migration adds a nullable column and a table, and a view is made anew.
 *   <li>Its workers write their name into the new column and, as a new field {@code build}, into their results.
 * </ul>
 */
final class NextRelease {
    /** Who has stored a row, as {@link Traffic} tells it. */
    static final String OLD = "old";

    static final String NEXT = "next";

    /** Makes good what {@link #thatRenames} does. */
    static final String TAKING_BACK = "ALTER TABLE job_outcome RENAME COLUMN runtime TO engine";

    private static final Path MIGRATIONS = Path.of("..", "schemas", "src", "main", "resources", "db", "migration");
    private static final String VIEW = "R__case_overview.sql";

    private NextRelease() {}

    /** One that keeps the rule. Returns its {@code quarkus-run.jar}. */
    static Path thatAdds(Path target) throws IOException {
        return ChangedBuild.copy(target)
                .withResource("schemas", "db/migration/V9000__add_build.sql", """
                        ALTER TABLE job_outcome ADD COLUMN build text;
                        CREATE TABLE outcome_note (
                            job_id text NOT NULL PRIMARY KEY REFERENCES job_outcome ON DELETE CASCADE,
                            note   text NOT NULL
                        );
                        """)
                .withResource(
                        "schemas",
                        "db/migration/" + VIEW,
                        Files.readString(MIGRATIONS.resolve(VIEW), UTF_8) + "-- as the next release has it\n")
                .with(
                        "org.lesionstream.worker.persist.OutcomeTable",
                        new Change(
                                "INSERT INTO job_outcome AS stored (job_id,",
                                "INSERT INTO job_outcome AS stored (build, job_id,"),
                        new Change("SELECT job_id, kind, case_id", "SELECT 'next', job_id, kind, case_id"))
                .with(
                        "org.lesionstream.worker.persist.OutcomeRow",
                        new Change(
                                "codec.write(outcome.result())",
                                "new String(codec.write(outcome.result()), java.nio.charset.StandardCharsets.UTF_8)"
                                        + ".replaceFirst(\"^.\", \"{\\\"build\\\":\\\"next\\\",\")"
                                        + ".getBytes(java.nio.charset.StandardCharsets.UTF_8)"))
                .jar();
    }

    /** One that breaks the rule: what the old release writes to has another name. Returns its {@code quarkus-run.jar}. */
    static Path thatRenames(Path target) throws IOException {
        return ChangedBuild.copy(target)
                .withResource("schemas", "db/migration/V9000__rename_engine.sql", """
                        ALTER TABLE job_outcome RENAME COLUMN engine TO runtime;
                        """)
                .jar();
    }
}
