package org.lesionstream.worker.persist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lesionstream.worker.testing.SampleJob.CHECKPOINT;
import static org.lesionstream.worker.testing.SampleJob.aJob;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.schemas.message.MessageCodec;
import org.lesionstream.worker.testing.SampleJob;
import org.lesionstream.worker.testing.TestDatabase;

/** What people find who only know SQL. */
class ViewsIT {
    private static TestDatabase database;

    private PostgresResultStore store;

    @BeforeAll
    static void start() {
        database = TestDatabase.start();
    }

    @AfterAll
    static void stop() throws IOException {
        database.close();
    }

    @BeforeEach
    void empty() throws SQLException {
        database.empty();
        store = new PostgresResultStore(database.source(), new MessageCodec());
    }

    @Test
    void everyTableColumnViewAndFunctionOfOursIsExplained() throws SQLException {
        assertThat(database.rows("""
                SELECT relation.relname, attribute.attname
                  FROM pg_class AS relation
                  LEFT JOIN pg_attribute AS attribute ON attribute.attrelid = relation.oid AND attribute.attnum > 0
                                                     AND NOT attribute.attisdropped
                 WHERE relation.relnamespace = 'public'::regnamespace
                   AND relation.relkind IN ('r', 'v')
                   AND relation.relname NOT LIKE 'flyway%'
                   AND (obj_description(relation.oid) IS NULL OR col_description(relation.oid, attribute.attnum) IS NULL)
                """)).isEmpty();
        assertThat(database.rows("""
                SELECT proname FROM pg_proc
                 WHERE pronamespace = 'public'::regnamespace AND obj_description(oid, 'pg_proc') IS NULL
                """)).isEmpty();
        assertThat(database.rows("""
                SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'v' ORDER BY relname
                """))
                .contains(
                        List.of("case_overview"),
                        List.of("checkpoint_in_force"),
                        List.of("lesion_overview"),
                        List.of("throughput_by_hour"));
    }

    @Test
    void caseOverviewTellsHowLargeAndHowCertain() throws SQLException {
        SampleJob first = aJob("1").inCase("c", 1, 2);
        SampleJob second = aJob("2").inCase("c", 2, 2);
        register(first, second);
        store.save(List.of(first.segmented(2), second.segmented(1)));

        assertThat(database.rows("""
                SELECT lesions, largest_area_pixels, largest_area_square_millimetres, round(longest_diameter_pixels::numeric, 6),
                       mean_confidence, min_confidence, volume_lesions, volume_cubic_millimetres
                  FROM case_overview
                """).toString()).isEqualTo("[[3, 4, 1.0, 4.123106, 0.875, 0.5, 0, null]]");
    }

    @Test
    void caseOverviewGivesNoMillimetresUnlessAllAreKnown() throws SQLException {
        SampleJob first = aJob("1").inCase("c", 1, 2);
        SampleJob second = aJob("2").inCase("c", 2, 2).withoutSpacing();
        register(first, second);
        store.save(List.of(first.segmented(2), second.segmented(1)));

        assertThat(database.rows("""
                SELECT area_square_millimetres, largest_area_square_millimetres, longest_diameter_millimetres,
                       longest_diameter_pixels IS NOT NULL
                  FROM case_overview
                """).toString()).isEqualTo("[[null, null, null, true]]");
    }

    @Test
    void lesionOverviewHoldsEveryColumnOfTheTable() throws SQLException {
        assertThat(database.rows("""
                SELECT column_name FROM information_schema.columns WHERE table_name = 'lesion'
                EXCEPT SELECT column_name FROM information_schema.columns WHERE table_name = 'lesion_overview'
                """)).isEmpty();
    }

    @Test
    void throughputCountsWhatWasAnsweredInTheHour() throws SQLException {
        SampleJob good = aJob("1");
        SampleJob bad = aJob("2");
        register(good, bad);
        store.save(List.of(good.segmented(1), bad.deadLettered(FailureCode.IMAGE_DAMAGED)));

        assertThat(database.rows("""
                SELECT sum(jobs), sum(segmented), sum(dead_letters), bool_and(images_per_second >= 0) FROM throughput_by_hour
                """).toString()).isEqualTo("[[2, 1, 1, true]]");
    }

    @Test
    void tellsWhichCheckpointAnAliasMeantAtAMoment() throws SQLException {
        database.rows("""
                INSERT INTO checkpoint_alias_history (name, position, alias, version, moved_at, moved_by, reason)
                VALUES ('lesion', 1, 'production', 1, '2026-11-01 00:00+00', 'ann', 'first'),
                       ('lesion', 2, 'production', 2, '2026-11-10 00:00+00', 'bob', 'better')
                RETURNING 1
                """);

        assertThat(database.rows("SELECT alias, version, moved_by FROM checkpoint_in_force('2026-11-09 12:00+00')")
                        .toString())
                .isEqualTo("[[production, 1, ann]]");
        assertThat(database.rows("SELECT version FROM checkpoint_in_force('2026-11-10 00:00+00')")
                        .toString())
                .isEqualTo("[[2]]");
        assertThat(database.rows("SELECT * FROM checkpoint_in_force('2026-10-01 00:00+00')"))
                .isEmpty();
    }

    private void register(SampleJob... jobs) {
        store.register(Stream.of(jobs)
                .map(job -> new RegistrationRequest(job.job(), Optional.of(CHECKPOINT)))
                .toList());
    }
}
