package org.lesionstream.worker.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lesionstream.worker.testing.SampleJob.aJob;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lesionstream.schemas.message.MessageCodec;
import org.lesionstream.worker.persist.PostgresResultStore;
import org.lesionstream.worker.testing.TestDatabase;
import picocli.CommandLine;

class RetentionIT {
    private static TestDatabase database;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void start() {
        database = TestDatabase.start();
    }

    @AfterAll
    static void stop() throws IOException {
        database.close();
    }

    @BeforeEach
    void fill() throws SQLException {
        database.empty();
        PostgresResultStore store = new PostgresResultStore(database.source(), new MessageCodec());
        store.save(List.of(
                aJob("1").inCase("old", 1, 2).segmented(3),
                aJob("2").inCase("old", 2, 2).segmented(2)));
        store.save(List.of(aJob("3").inCase("mixed", 1, 2).segmented(1)));
        database.rows("""
                WITH outcomes AS (UPDATE job_outcome SET created_at = created_at - interval '100 days' RETURNING 1),
                     masks AS (UPDATE mask SET created_at = created_at - interval '100 days' RETURNING 1)
                UPDATE imaging_case SET created_at = created_at - interval '100 days' RETURNING 1
                """);
        store.save(List.of(
                aJob("4").inCase("mixed", 2, 2).segmented(1),
                aJob("5").inCase("new", 1, 1).segmented(1)));
    }

    @Test
    void dropsOldMasksAndKeepsWhatWasMeasured() throws SQLException {
        assertThat(run("--empty", "--older-than", "90d", "--batch", "1")).isZero();

        assertThat(out.toString())
                .startsWith("retention: dry-run=false cases=0 outcomes=0 lesions=0 masks=3 mask-bytes=");
        assertThat(count("mask")).isEqualTo(2);
        assertThat(count("job_outcome")).isEqualTo(5);
        assertThat(count("lesion")).isEqualTo(8);
        out.getBuffer().setLength(0);
        assertThat(run("--empty", "--older-than", "90d")).isZero();
        assertThat(out.toString()).contains("masks=0 mask-bytes=0");
    }

    @Test
    void deletesCasesAsAWholeByTheAgeOfTheirNewestOutcome() throws SQLException {
        assertThat(run("--delete", "--older-than", "90d")).isZero();

        assertThat(out.toString()).contains("cases=1 outcomes=2 lesions=5 masks=2 ");
        assertThat(database.rows("SELECT case_id FROM imaging_case ORDER BY case_id"))
                .containsExactly(List.of("mixed"), List.of("new"));
        assertThat(count("job_outcome")).isEqualTo(3);
        assertThat(count("lesion")).isEqualTo(3);
        assertThat(count("case_result")).isEqualTo(2);
    }

    @Test
    void deletesANamedCaseWhateverItsAge() throws SQLException {
        assertThat(run("--delete", "--case", "new", "--case", "nobody", "--json"))
                .isZero();

        assertThat(json("cases")).isEqualTo(1);
        assertThat(database.rows("SELECT case_id FROM imaging_case ORDER BY case_id"))
                .containsExactly(List.of("mixed"), List.of("old"));
    }

    @Test
    void changesNothingOnADryRun() throws SQLException {
        assertThat(run("--delete", "--older-than", "90d", "--dry-run")).isZero();
        assertThat(run("--empty", "--case", "mixed", "--dry-run")).isZero();

        assertThat(out.toString())
                .contains("dry-run=true cases=1 outcomes=2 lesions=5 masks=2 ")
                .contains("dry-run=true cases=0 outcomes=0 lesions=0 masks=2 ");
        assertThat(count("mask")).isEqualTo(5);
        assertThat(count("imaging_case")).isEqualTo(3);
    }

    @Test
    void saysWhatItNeeds() {
        assertThat(run("--delete")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(run("--older-than", "90d")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(run("--delete", "--empty", "--older-than", "90d")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).contains("--older-than TIME, --case ID, or both", "--empty", "--delete");
        assertThat(count("imaging_case")).isEqualTo(3);
    }

    @Test
    void saysThatTheDatabaseIsAway() {
        CommandLine command = command();
        assertThat(command.execute(
                        "--delete", "--older-than", "90d", "--jdbc-url", "jdbc:postgresql://127.0.0.1:1/nowhere"))
                .isEqualTo(CommandLine.ExitCode.SOFTWARE);
        assertThat(err.toString()).contains("DATABASE_UNAVAILABLE").doesNotContain("Exception");
        assertThat(command.execute("--delete", "--older-than", "90d", "--jdbc-url", "mysql://x"))
                .isEqualTo(CommandLine.ExitCode.USAGE);
    }

    private int run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of(
                "--jdbc-url",
                database.server().jdbcUrl(),
                "--user",
                database.server().user()));
        return command().execute(all.toArray(String[]::new));
    }

    private CommandLine command() {
        CommandLine command = new CommandLine(new RetentionCommand());
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        return command;
    }

    private int json(String field) {
        try {
            return new ObjectMapper().readTree(out.toString()).get(field).asInt();
        } catch (IOException notJson) {
            throw new AssertionError(notJson);
        }
    }

    private static long count(String table) {
        try {
            return (Long) database.rows("SELECT count(*) FROM " + table).get(0).get(0);
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
    }
}
