package org.lesionstream.worker.persist;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.lesionstream.worker.testing.SampleJob.CHECKPOINT;
import static org.lesionstream.worker.testing.SampleJob.aJob;

import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lesionstream.schemas.checkpoint.AliasChange;
import org.lesionstream.schemas.checkpoint.AliasHistory;
import org.lesionstream.schemas.checkpoint.CheckpointFile;
import org.lesionstream.schemas.checkpoint.CheckpointManifest;
import org.lesionstream.schemas.checkpoint.CheckpointReference;
import org.lesionstream.schemas.checkpoint.ManifestCodec;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.schemas.message.MessageCodec;
import org.lesionstream.worker.delivery.Answer;
import org.lesionstream.worker.delivery.JobOutcome;
import org.lesionstream.worker.testing.SampleJob;
import org.lesionstream.worker.testing.TestDatabase;

class QueriesIT {
    private static TestDatabase database;

    private PostgresResultStore store;
    private CaseQueries cases;

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
        cases = new CaseQueries(database.source());
    }

    @Test
    void pagesThroughAllCasesNewestFirstWithoutGapOrRepetition() {
        register(aJob("1"));
        register(aJob("2"), aJob("3"), aJob("4")); // of one moment: the id decides
        register(aJob("5"));

        List<String> seen = new ArrayList<>();
        List<CaseOverview> page = cases.page(CaseFilter.ANY, Optional.empty(), 2);
        while (!page.isEmpty()) {
            page.forEach(each -> seen.add(each.caseId()));
            CaseCursor last =
                    CaseCursor.parse(page.get(page.size() - 1).cursor().toString());
            page = cases.page(CaseFilter.ANY, Optional.of(last), 2);
        }

        assertThat(seen).containsExactly("case-of-5", "case-of-2", "case-of-3", "case-of-4", "case-of-1");
    }

    @Test
    void filtersByReferenceAndState() {
        SampleJob open = aJob("open");
        SampleJob complete = aJob("complete").by("lesion@7");
        SampleJob failed = aJob("failed");
        SampleJob grown = aJob("grown");
        register(open, complete, failed, grown);
        store.save(List.of(complete.segmented(1), failed.deadLettered(FailureCode.IMAGE_DAMAGED), grown.segmented(1)));
        register(aJob("more").inCase(grown.caseId(), 2, 2));

        assertThat(ids(new CaseFilter(
                        Optional.of(CheckpointReference.parse("lesion@7")), Optional.empty(), FindingFilter.ANY)))
                .containsExactly("case-of-complete");
        assertThat(ids(new CaseFilter(Optional.empty(), Optional.of(CaseState.OPEN), FindingFilter.ANY)))
                .containsExactly("case-of-open");
        assertThat(ids(new CaseFilter(Optional.empty(), Optional.of(CaseState.INCOMPLETE), FindingFilter.ANY)))
                .containsExactlyInAnyOrder("case-of-grown", "case-of-failed");
        assertThat(ids(new CaseFilter(Optional.empty(), Optional.of(CaseState.COMPLETE), FindingFilter.ANY)))
                .containsExactly("case-of-complete");
        assertThat(ids(new CaseFilter(
                        Optional.of(CheckpointReference.parse("lesion@7")),
                        Optional.of(CaseState.COMPLETE),
                        FindingFilter.ANY)))
                .containsExactly("case-of-complete");
    }

    @Test
    void showsACaseWithItsJobsAndItsLatestResultAsPublished() {
        SampleJob bad = aJob("1").inCase("c", 1, 2);
        SampleJob good = aJob("2").inCase("c", 2, 2);
        SampleJob mended = aJob("3").inCase("c", 1, 2);
        register(bad, good, mended);
        store.save(List.of(bad.deadLettered(FailureCode.SOURCE_NOT_FOUND), good.segmented(1)));
        Answer last = store.save(List.of(mended.segmented(2))).get(0);

        CaseDetails details = cases.byId("c").get(0);

        assertThat(details.result()).contains(new String(last.messages().get(1).value(), UTF_8));
        assertThat(details.overview().revision()).isEqualTo(2);
        assertThat(details.overview().state()).isEqualTo(CaseState.COMPLETE);
        assertThat(details.overview().checkpointDigest()).contains(CHECKPOINT.hex());
        assertThat(details.jobs())
                .containsExactly(
                        new CaseDetails.CaseJob(
                                1, "1", OutcomeKind.DEAD_LETTER, false, Optional.of("SOURCE_NOT_FOUND")),
                        new CaseDetails.CaseJob(1, "3", OutcomeKind.SEGMENTED, true, Optional.empty()),
                        new CaseDetails.CaseJob(2, "2", OutcomeKind.SEGMENTED, true, Optional.empty()));
    }

    @Test
    void showsAMessageThatCouldNotBeReadAndNoCaseWithIt() {
        store.save(List.of(aJob("unknown").at(3).unreadable()));

        JobDetails details = new JobQueries(database.source())
                .job("unreadable:image-jobs:0:3")
                .orElseThrow();

        assertThat(details.outcome()).isEqualTo(OutcomeKind.DEAD_LETTER);
        assertThat(details.caseId()).isEmpty();
        assertThat(details.message()).contains("INVALID_JSON");
    }

    @Test
    void givesBackEveryLesionAsItWasSaved() {
        SampleJob measured = aJob("measured");
        SampleJob inPixels = aJob("in-pixels").withoutSpacing();
        SampleJob before = aJob("before").withoutShape();
        SampleJob many = aJob("many");
        register(measured, inPixels, before, many);
        List<JobOutcome.Segmented> saved =
                List.of(measured.segmented(3), inPixels.segmented(2), before.segmented(2), many.segmented(300));
        store.save(List.copyOf(saved));

        JobQueries jobs = new JobQueries(database.source());

        assertThat(saved).allSatisfy(outcome -> assertThat(
                        jobs.job(outcome.jobId()).orElseThrow().lesions())
                .isEqualTo(outcome.lesions()));
    }

    @Test
    void keepsTheExtentOfEveryClass() throws SQLException {
        SampleJob measured = aJob("1");
        SampleJob inPixels = aJob("2").withoutSpacing();
        SampleJob nothing = aJob("3");
        register(measured, inPixels, nothing);
        store.save(List.of(measured.segmented(3), inPixels.segmented(1), nothing.segmented(0)));

        assertThat(database.rows("""
                        SELECT job_id, largest_area_pixels, largest_area_square_millimetres, longest_diameter_pixels,
                               longest_diameter_millimetres, mean_confidence, min_confidence
                          FROM class_total ORDER BY job_id
                        """))
                .containsExactly(
                        Arrays.asList("1", 4L, 1.0, Math.sqrt(17), Math.sqrt(17) / 2, 0.875, 0.5),
                        Arrays.asList("2", 4L, null, Math.sqrt(17), null, 0.875, 0.5),
                        Arrays.asList("3", null, null, null, null, null, null));
    }

    @Test
    void knowsNothingOfStrangers() {
        JobQueries jobs = new JobQueries(database.source());

        assertThat(cases.byId("stranger")).isEmpty();
        assertThat(jobs.job("stranger")).isEmpty();
        assertThat(jobs.mask("stranger")).isEmpty();
    }

    @Test
    void mirrorsCheckpointsAndAliasesAsOftenAsTheyAreSeen() throws IOException {
        CheckpointManifest manifest = manifest();
        AliasHistory first = AliasHistory.EMPTY.append(
                move("production", manifest.version(), Instant.parse("2026-11-01T08:00:00Z")));
        AliasHistory second = first.append(move("canary", manifest.version(), Instant.parse("2026-11-02T08:00:00Z")));
        CheckpointMirror mirror = new CheckpointMirror(database.source());
        CheckpointQueries checkpoints = new CheckpointQueries(database.source());

        mirror.checkpoint(manifest);
        mirror.aliases(manifest.name(), first);
        mirror.checkpoint(manifest);
        mirror.aliases(manifest.name(), second);

        assertThat(checkpoints.all()).singleElement().satisfies(checkpoint -> {
            assertThat(checkpoint.digest()).isEqualTo(manifest.digest().hex());
            assertThat(checkpoint.aliases()).containsExactly("canary", "production");
            assertThat(checkpoint.variants())
                    .extracting(CheckpointOverview.Variant::drift)
                    .containsExactlyElementsOf(
                            manifest.files().stream().map(CheckpointFile::drift).toList());
        });

        mirror.aliases(
                manifest.name(),
                second.append(move("canary", manifest.version() + 1, Instant.parse("2026-11-03T08:00:00Z"))));

        assertThat(checkpoints.all())
                .singleElement()
                .extracting(CheckpointOverview::aliases)
                .isEqualTo(List.of("production"));
    }

    private static AliasChange move(String alias, int version, Instant when) {
        return new AliasChange(alias, version, when, "tester", "a test");
    }

    private static CheckpointManifest manifest() throws IOException {
        try (InputStream sample =
                QueriesIT.class.getResourceAsStream("/contract/samples/checkpoint-manifest.v1/binary-tiles.json")) {
            return ManifestCodec.parse(sample.readAllBytes());
        }
    }

    private List<String> ids(CaseFilter filter) {
        return cases.page(filter, Optional.empty(), 10).stream()
                .map(CaseOverview::caseId)
                .toList();
    }

    private void register(SampleJob... jobs) {
        store.register(Stream.of(jobs)
                .map(job -> new RegistrationRequest(job.job(), Optional.of(CHECKPOINT)))
                .toList());
    }
}
