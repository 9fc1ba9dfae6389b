package org.lesionstream.worker.upgrade;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.lesionstream.schemas.message.CaseResult;
import org.lesionstream.schemas.message.MessageCodec;
import org.lesionstream.schemas.message.SegmentationResult;
import org.lesionstream.worker.testing.Answers;
import org.lesionstream.worker.testing.PackagedSystem;

/**
 * Cases of three images for {@code lesion@production}, and what became of them. Every image has a key of its own, so that the images of one case
 * go to different partitions; the alias moves to the other version between the first image of a case and the others. One thread.
 */
final class Traffic {
    private static final int IMAGES = 3;

    private final PackagedSystem system;
    private final Answers answers;
    private final MessageCodec codec = new MessageCodec();
    private final Map<String, Map<String, Object>> jobs = new LinkedHashMap<>();
    private final Map<String, Integer> asked = new TreeMap<>();
    private final Path picture;
    private int production = 1;

    Traffic(PackagedSystem system) throws IOException {
        this.system = system;
        this.answers = system.answers();
        this.picture = system.picture("picture.png", 3);
    }

    /** Submits cases, and waits for the answers to their first images; the names of their jobs begin with {@code name}. */
    void submit(String name, int cases) throws Exception {
        for (int image = 1; image <= IMAGES; image++) {
            for (int number = 1; number <= cases; number++) {
                String imagingCase = name + "-" + number;
                String job = imagingCase + "-" + image;
                jobs.put(job, PackagedSystem.job(job, imagingCase, image, IMAGES, picture));
                submit(job);
            }
            if (image == 1) {
                awaitAnswers();
                production = 3 - production;
                system.store().promote("lesion", production, "production");
            }
        }
    }

    /** Submits a case of one image, waiting for nothing. */
    void submitOne(String job) throws Exception {
        jobs.put(job, PackagedSystem.job(job, job, 1, 1, picture));
        submit(job);
    }

    /** Submits every message once more. */
    void submitAllAgain() throws Exception {
        for (String job : jobs.keySet()) {
            submit(job);
        }
    }

    /** Submits cases until either release has stored an image of one and the same case: a worker that was just started owns nothing yet. */
    void submitUntilBothAnswer(String name) throws Exception {
        long deadline = System.nanoTime() + PackagedSystem.SOON.toNanos();
        for (int more = 1; !sharedACase(name); more++) {
            assertThat(System.nanoTime())
                    .as("both releases answer; so far %s", releases(name))
                    .isLessThan(deadline);
            submit(name + more, 2);
            awaitAnswers();
        }
    }

    /** Waits until every message is answered. */
    void awaitAnswers() {
        asked.forEach((job, times) -> answers.awaitCopies(job + "#0", times, PackagedSystem.SOON));
    }

    /** Waits for a condition, reading answers. */
    void until(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + PackagedSystem.SOON.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            answers.read();
        }
    }

    /** How many jobs there were. */
    int jobs() {
        return jobs.size();
    }

    /** How many different answers that makes: one for each job and one for each case. */
    int answers() {
        return jobs.size() + jobs.size() / IMAGES;
    }

    /** How many of the jobs whose names begin so are answered. */
    long answered(String name) {
        return answers.read().stream().filter(id -> id.startsWith(name)).count();
    }

    /** How many outcomes each release has stored of jobs whose names begin so. */
    Map<String, Integer> releases(String name) throws SQLException {
        Map<String, Integer> releases = new TreeMap<>();
        for (String release : outcomes(name).values()) {
            releases.merge(release, 1, Integer::sum);
        }
        return releases;
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = system.database().connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    void assertThatEveryJobHasOneOutcomeAndEqualAnswers() throws SQLException {
        Map<String, String> outcomes = outcomes("");
        assertThat(outcomes).containsOnlyKeys(jobs.keySet());
        for (Map.Entry<String, Integer> job : asked.entrySet()) {
            String id = job.getKey() + "#0";
            assertThat(answers.copies(id)).as(id).hasSize(job.getValue());
            byte[] stored = text("SELECT message::text FROM job_outcome WHERE job_id = ?", job.getKey())
                    .getBytes(UTF_8);
            assertThat(answers.copies(id)).as(id).allSatisfy(copy -> assertThat(copy)
                    .isEqualTo(stored));
            SegmentationResult result = codec.readResult(stored);
            assertThat(result.jobId()).isEqualTo(job.getKey());
            assertThat(new String(stored, UTF_8).contains("\"build\":\"next\""))
                    .as("whether %s has the new field", id)
                    .isEqualTo(outcomes.get(job.getKey()).equals(NextRelease.NEXT));
        }
    }

    void assertThatEveryCaseHasOneDigestAndOneResult() throws SQLException {
        assertThat(text("SELECT count(*) FROM job_outcome", null)).isEqualTo(String.valueOf(jobs.size()));
        assertThat(text("SELECT count(DISTINCT checkpoint_digest) FROM job_outcome", null))
                .as("digests of all cases")
                .isEqualTo("2");
        assertThat(text(
                        "SELECT string_agg(case_id, ' ') FROM (SELECT case_id FROM job_outcome GROUP BY case_id"
                                + " HAVING count(DISTINCT checkpoint_digest) > 1) AS mixed",
                        null))
                .as("cases with two digests")
                .isNull();
        for (Map<String, Object> job : jobs.values()) {
            String imagingCase = (String) ((Map<?, ?>) job.get("case")).get("id");
            String id = imagingCase + "/lesion@production#1";
            answers.awaitCopies(id, 2, PackagedSystem.SOON); // its last job was asked twice
            assertThat(answers.copies(id)).as(id).hasSize(2).allSatisfy(copy -> assertThat(copy)
                    .isEqualTo(answers.copies(id).get(0)));
            CaseResult result = codec.readCaseResult(answers.copies(id).get(0));
            assertThat(result.complete()).as(id).isTrue();
        }
    }

    private void submit(String job) throws Exception {
        asked.merge(job, 1, Integer::sum);
        system.submit(job, jobs.get(job));
    }

    private boolean sharedACase(String name) throws SQLException {
        return !text(
                        "SELECT count(*) FROM (SELECT case_id FROM job_outcome WHERE starts_with(job_id, ?) GROUP BY case_id"
                                + " HAVING count(DISTINCT coalesce(build, 'old')) = 2) AS shared",
                        name)
                .equals("0");
    }

    /** Who has stored the outcome of each job. The old tables know of one release only. */
    private Map<String, String> outcomes(String name) throws SQLException {
        Map<String, String> outcomes = new TreeMap<>();
        try (Connection connection = system.database().connect();
                PreparedStatement query = connection.prepareStatement(
                        "SELECT job_id, coalesce(to_jsonb(job_outcome) ->> 'build', 'old') FROM job_outcome"
                                + " WHERE starts_with(job_id, ?)")) {
            query.setString(1, name);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    outcomes.put(rows.getString(1), rows.getString(2));
                }
            }
        }
        return outcomes;
    }

    private String text(String sql, String parameter) throws SQLException {
        try (Connection connection = system.database().connect();
                PreparedStatement query = connection.prepareStatement(sql)) {
            if (parameter != null) {
                query.setString(1, parameter);
            }
            try (ResultSet rows = query.executeQuery()) {
                assertThat(rows.next()).isTrue();
                return rows.getString(1);
            }
        }
    }
}
