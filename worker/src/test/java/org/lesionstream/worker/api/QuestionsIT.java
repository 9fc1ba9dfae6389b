package org.lesionstream.worker.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.lesionstream.worker.testing.SampleJob.HEIGHT;
import static org.lesionstream.worker.testing.SampleJob.WIDTH;
import static org.lesionstream.worker.testing.SampleJob.aJob;
import static org.lesionstream.worker.testing.StoredPicture.band;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.lesionstream.schemas.checkpoint.Digest;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.schemas.message.ImageSource;
import org.lesionstream.schemas.message.SlicePosition;
import org.lesionstream.worker.delivery.JobOutcome;
import org.lesionstream.worker.delivery.Lane;
import org.lesionstream.worker.testing.AskedWorker;
import org.lesionstream.worker.testing.SampleJob;
import org.lesionstream.worker.testing.StoredPicture;

/** Lists, export, overlays and comparison, asked of the packaged worker. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QuestionsIT {
    private static final int ORANGE = 0xff8a1e;

    @TempDir
    private static Path folder;

    private Path pictures;
    private AskedWorker worker;

    @BeforeAll
    void start() throws IOException {
        pictures = Files.createDirectories(folder.resolve("pictures"));
        worker = AskedWorker.start(folder, pictures);
    }

    @AfterAll
    void stop() throws IOException {
        if (worker != null) {
            worker.close();
        }
    }

    @BeforeEach
    void empty() throws SQLException {
        worker.database().empty();
    }

    @Test
    void takesNoParameterForAPartOfAStatement() throws Exception {
        StoredPicture any = elsewhere("any", Optional.empty());
        worker.store(List.of(any.segmented(aJob("kept").by("lesion@7"), Lane.URGENT, 1, band(0, 1))));

        for (String text :
                List.of("x' OR '1'='1", "x'; DELETE FROM lesion; --", "\\'; DROP TABLE lesion; --", "$$ OR true $$")) {
            String words = URLEncoder.encode(text, UTF_8);
            assertFound("class=" + words, List.of(), List.of());
            assertThat(worker.get("/api/lesions.csv?class=" + words).statusCode())
                    .isEqualTo(200);
            for (String parameter :
                    List.of("checkpoint", "lane", "minArea", "minVolume", "from", "to", "after", "size")) {
                assertThat(worker.get("/api/jobs?" + parameter + "=" + words).statusCode())
                        .as(parameter)
                        .isIn(400, 404);
            }
            assertThat(worker.get("/api/dead-letters?code=" + words).statusCode())
                    .isEqualTo(400);
            assertThat(worker.get("/api/dead-letters?case=" + words).statusCode())
                    .isEqualTo(400);
            assertThat(worker.get("/api/compare?left=" + words + "&right=lesion@7")
                            .statusCode())
                    .isEqualTo(400);
        }
        assertFound("class=lesion", List.of("kept"), List.of("case-of-kept"));
    }

    @Test
    void filtersJobsAndCasesByEveryParameter() throws Exception {
        StoredPicture any = elsewhere("any", Optional.empty());
        worker.store(
                List.of(
                        any.segmented(aJob("urgent").by("lesion@7"), Lane.URGENT, 1, band(0, 1)),
                        any.segmented(aJob("backfill").by("other@7"), Lane.BACKFILL, 2, band(0, 1)),
                        any.segmented(aJob("clean").by("other@8"), Lane.BACKFILL, 0, band(0, 1)),
                        any.segmented(aJob("unmeasured").by("other@9").withoutSpacing(), Lane.BACKFILL, 1, band(0, 1)),
                        slice("slice-1", 1),
                        slice("slice-2", 2)),
                aJob("dead").by("lesion@6").deadLettered(FailureCode.IMAGE_DAMAGED));

        assertFound("lane=urgent", List.of("urgent", "slice-1", "slice-2"), List.of("case-of-urgent", "stack"));
        assertFound("lane=backfill&checkpoint=other@8", List.of("clean"), List.of("case-of-clean"));
        assertFound(
                "class=lesion&checkpoint=other",
                List.of("backfill", "unmeasured"),
                List.of("case-of-backfill", "case-of-unmeasured"));
        assertFound("class=1&checkpoint=other@9", List.of("unmeasured"), List.of("case-of-unmeasured"));
        assertFound("class=organ", List.of(), List.of());
        assertFound("checkpoint=lesion@7", List.of("urgent"), List.of("case-of-urgent"));
        assertFound("minArea=0.9&checkpoint=other", List.of("backfill"), List.of("case-of-backfill"));
        assertFound("minArea=1.1", List.of(), List.of());
        assertFound("minArea=1&class=lesion&lane=backfill", List.of("backfill"), List.of("case-of-backfill"));
        // 2 slices of 10 x 2 pixels of 0.5 mm, 2 mm apart: 20 mm³.
        assertFound("minVolume=19", List.of("slice-1", "slice-2"), List.of("stack"));
        assertFound("minVolume=19&class=lesion", List.of("slice-1", "slice-2"), List.of("stack"));
        assertFound("minVolume=19&class=2", List.of(), List.of());
        assertFound("minVolume=21", List.of(), List.of());
        assertFound("from=2199-01-01", List.of(), List.of());
        assertFound("to=2000-01-01", List.of(), List.of());
        assertFound(
                "from=2000-01-01&to=2199-01-01T00:00:00Z&class=lesion&lane=urgent",
                List.of("urgent", "slice-1", "slice-2"),
                List.of("case-of-urgent", "stack"));
        assertThat(names("/api/jobs?outcome=dead_letter", "jobs", "jobId")).containsExactly("dead");
        assertThat(names("/api/cases?state=incomplete", "cases", "caseId")).containsExactly("case-of-dead");
        JsonNode line = worker.json("/api/jobs?checkpoint=other@7").at("/jobs/0");
        assertThat(line.get("lane").textValue()).isEqualTo("BACKFILL");
        assertThat(line.get("lesions").intValue()).isEqualTo(2);
        assertThat(line.get("areaSquareMillimetres").doubleValue()).isEqualTo(2);
    }

    @Test
    void pagesThroughJobsWithoutGapOrRepetition() throws Exception {
        StoredPicture any = elsewhere("any", Optional.empty());
        worker.store(IntStream.rangeClosed(1, 5)
                .mapToObj(number -> any.segmented(aJob("paged-" + number), Lane.URGENT, 1, band(0, 1)))
                .toList());

        List<String> seen = new ArrayList<>();
        JsonNode page = worker.json("/api/jobs?size=2");
        page.get("jobs").forEach(job -> seen.add(job.get("jobId").textValue()));
        while (!page.get("next").isNull()) {
            page = worker.json("/api/jobs?size=2&after=" + page.get("next").textValue());
            page.get("jobs").forEach(job -> seen.add(job.get("jobId").textValue()));
        }

        assertThat(seen).containsExactlyInAnyOrder("paged-1", "paged-2", "paged-3", "paged-4", "paged-5");
    }

    @Test
    void exportsManyLesionsLineByLine() throws Exception {
        StoredPicture any = elsewhere("any", Optional.empty());
        List<JobOutcome.Segmented> jobs = new ArrayList<>();
        for (int number = 1; number <= 7; number++) {
            jobs.add(any.segmented(aJob("many-" + number).by("lesion@7"), Lane.URGENT, 400, band(0, 1)));
        }
        jobs.add(any.segmented(aJob("few").by("lesion@8"), Lane.BACKFILL, 2, band(0, 1)));
        worker.store(jobs);

        HttpResponse<byte[]> all = worker.get("/api/lesions.csv");
        List<String> lines = Arrays.asList(new String(all.body(), UTF_8).split("\r\n"));
        List<String> few = Arrays.asList(new String(
                        worker.get("/api/lesions.csv?checkpoint=lesion@8&class=1")
                                .body(),
                        UTF_8)
                .split("\r\n"));

        assertThat(all.statusCode()).isEqualTo(200);
        assertThat(all.headers().firstValue("content-type").orElseThrow()).startsWith("text/csv");
        assertThat(lines)
                .hasSize(1 + 7 * 400 + 2)
                .first()
                .asString()
                .startsWith("case_id,reference,image_index,job_id,index,label");
        assertThat(lines.subList(1, lines.size())).doesNotHaveDuplicates();
        assertThat(few).hasSize(3);
        assertThat(few.get(1)).startsWith("case-of-few,lesion@8,1,few,1,1");
        assertThat(new String(worker.get("/api/lesions.csv?minArea=7").body(), UTF_8))
                .as("a header says that nothing was found")
                .isEqualTo(lines.get(0) + "\r\n");
    }

    @Test
    void drawsOutlinesOnThePicture() throws Exception {
        StoredPicture black = inFolder("black.png");
        worker.store(List.of(black.segmented(aJob("drawn").withoutShape(), Lane.URGENT, 1, band(5, 6))));

        HttpResponse<byte[]> answer = worker.get("/api/jobs/drawn/overlay.png");

        assertThat(answer.statusCode()).isEqualTo(200);
        BufferedImage overlay = ImageIO.read(new ByteArrayInputStream(answer.body()));
        for (int row = 0; row < HEIGHT; row++) {
            for (int column = 0; column < WIDTH; column++) {
                boolean inside = row >= 10 && row < 20 && column >= 5 && column < 11;
                boolean edge = inside && (row == 10 || row == 19 || column == 5 || column == 10);
                assertThat(overlay.getRGB(column, row) & 0xffffff)
                        .as("row %d, column %d", row, column)
                        .isEqualTo(edge ? ORANGE : 0);
            }
        }
    }

    @Test
    void saysWhyThereIsNoOverlay() throws Exception {
        StoredPicture changed = inFolder("changed.png");
        Files.writeString(pictures.resolve("changed.png"), "another picture");
        StoredPicture gone = inFolder("gone.png");
        Files.delete(pictures.resolve("gone.png"));
        Path secret = Files.writeString(folder.resolve("secret.png"), "secret");
        StoredPicture outside =
                new StoredPicture(ImageSource.at(secret.toUri()), SampleJob.digest("secret"), Optional.empty());
        StoredPicture inline =
                new StoredPicture(ImageSource.inline(new byte[] {1}), SampleJob.digest("inline"), Optional.empty());
        worker.store(
                List.of(
                        changed.segmented(aJob("changed"), Lane.URGENT, 1, band(0, 1)),
                        gone.segmented(aJob("gone"), Lane.URGENT, 1, band(0, 1)),
                        outside.segmented(aJob("outside"), Lane.URGENT, 1, band(0, 1)),
                        inline.segmented(aJob("inline"), Lane.URGENT, 1, band(0, 1)),
                        gone.segmented(aJob("dropped"), Lane.URGENT, 1, band(0, 1))),
                aJob("dead").deadLettered(FailureCode.IMAGE_DAMAGED));
        execute("DELETE FROM mask WHERE job_id = 'dropped'");

        assertThat(code(409, "changed")).isEqualTo("CHECKSUM_MISMATCH");
        assertThat(code(404, "gone")).isEqualTo("SOURCE_NOT_FOUND");
        assertThat(worker.problem(404, "/api/jobs/outside/overlay.png").toString())
                .doesNotContain("secret");
        assertThat(code(410, "inline")).isEqualTo("SOURCE_NOT_KEPT");
        assertThat(code(410, "dropped")).isEqualTo("MASK_DROPPED");
        assertThat(code(404, "dead")).isEqualTo("NOT_FOUND");
        assertThat(code(404, "nobody")).isEqualTo("NOT_FOUND");
        worker.problem(400, "/api/jobs/gone/overlay.png?size=63");
    }

    @Test
    void comparesTwoCheckpointsAndKeepsWhatItCounted() throws Exception {
        StoredPicture shared = elsewhere("shared", Optional.empty());
        StoredPicture other = elsewhere("other", Optional.empty());
        worker.store(List.of(
                // 60 and 40 pixels, 20 of them common: 2 * 20 / 100.
                shared.segmented(aJob("l1").inCase("a", 1, 1).by("lesion@7"), Lane.URGENT, 1, band(0, 6)),
                shared.segmented(aJob("r1").inCase("a", 1, 1).by("lesion@8"), Lane.URGENT, 3, band(4, 4)),
                shared.segmented(aJob("l2").inCase("b", 1, 1).by("lesion@7"), Lane.URGENT, 1, band(0, 1)),
                shared.segmented(aJob("r2").inCase("b", 1, 1).by("lesion@8"), Lane.URGENT, 1, band(0, 1)),
                shared.segmented(aJob("l3").inCase("left", 1, 1).by("lesion@7"), Lane.URGENT, 1, band(0, 1)),
                shared.segmented(aJob("l4").inCase("unlike", 1, 1).by("lesion@7"), Lane.URGENT, 1, band(0, 1)),
                other.segmented(aJob("r4").inCase("unlike", 1, 1).by("lesion@8"), Lane.URGENT, 1, band(0, 1))));
        execute("DELETE FROM mask WHERE job_id = 'r2'");

        JsonNode first = worker.json("/api/compare?left=lesion@7&right=lesion@8");
        execute("DELETE FROM mask");
        JsonNode again = worker.json("/api/compare?left=lesion@7&right=lesion@8");
        JsonNode turned = worker.json("/api/compare?left=lesion@8&right=lesion@7");

        assertThat(first.get("cases")).hasSize(2);
        JsonNode counted = first.at("/cases/0/classes/0");
        assertThat(counted.get("dice").doubleValue()).isCloseTo(0.4, within(1e-12));
        assertThat(counted.get("lesionDifference").intValue()).isEqualTo(2);
        assertThat(counted.get("areaPixelsDifference").intValue()).isEqualTo(8);
        assertThat(counted.get("areaSquareMillimetresDifference").doubleValue()).isEqualTo(2);
        assertThat(first.at("/cases/1/classes/0/dice").isNull()).isTrue();
        assertThat(first.at("/cases/1/droppedImages").intValue()).isEqualTo(1);
        assertThat(first.at("/summary/pairedCases").intValue()).isEqualTo(2);
        assertThat(first.at("/summary/leftOnlyCases").intValue()).isEqualTo(1);
        assertThat(first.at("/summary/rightOnlyCases").intValue()).isZero();
        assertThat(first.at("/summary/classes/0/casesWithDice").intValue()).isEqualTo(1);
        assertThat(again).isEqualTo(first);
        assertThat(turned.at("/cases/0/classes/0/dice")).isEqualTo(counted.get("dice"));
        assertThat(turned.at("/cases/0/classes/0/lesionDifference").intValue()).isEqualTo(-2);
        assertThat(worker.database().rows("""
                        SELECT case_id, dice, lesion_difference FROM checkpoint_comparison
                         WHERE left_reference = 'lesion@7' AND right_reference = 'lesion@8' ORDER BY case_id
                        """))
                .containsExactly(Arrays.asList("a", 0.4, 2L), Arrays.asList("b", null, 0L));
        JsonNode page = worker.json("/api/compare?left=lesion@7&right=lesion@8&size=1&summary=false");
        assertThat(page.get("summary").isNull()).isTrue();
        assertThat(page.get("next").textValue()).isEqualTo("a");
        assertThat(worker.json("/api/compare?left=lesion@7&right=lesion@8&size=1&after=a")
                        .at("/cases/0/caseId")
                        .textValue())
                .isEqualTo("b");
    }

    @Test
    void comparesVolumes() throws Exception {
        worker.store(List.of(slice("slice-1", 1), slice("slice-2", 2), narrow("narrow-1", 1), narrow("narrow-2", 2)));

        JsonNode found = worker.json("/api/compare?left=lesion@production&right=lesion@canary")
                .at("/cases/0/classes/0");

        assertThat(found.get("leftVolumeCubicMillimetres").doubleValue()).isCloseTo(20, within(1e-9));
        assertThat(found.get("volumeCubicMillimetresDifference").doubleValue()).isCloseTo(-10, within(1e-9));
        assertThat(found.get("dice").doubleValue()).isCloseTo(2.0 / 3, within(1e-12));
        assertThat(worker.json("/api/cases/stack").at("/references/0/volumeLesions"))
                .hasSize(1);
    }

    @Test
    void refusesWhatCannotBeMeant() throws Exception {
        for (String path : List.of(
                "/api/jobs?outcome=DOE",
                "/api/jobs?lane=DOE",
                "/api/jobs?after=DOE%5EJANE",
                "/api/jobs?size=501",
                "/api/cases?checkpoint=DOE%5EJANE",
                "/api/cases?class=%20",
                "/api/cases?from=yesterday",
                "/api/cases?to=2026-13-01",
                "/api/cases?minArea=-1",
                "/api/cases?minVolume=NaN",
                "/api/lesions.csv?minArea=DOE",
                "/api/compare?left=lesion@7",
                "/api/compare?left=lesion@7&right=DOE%5EJANE",
                "/api/compare?left=lesion@7&right=lesion@7",
                "/api/compare?left=lesion@7&right=lesion@8&size=201")) {
            JsonNode problem = worker.problem(400, path);
            assertThat(problem.get("code").textValue()).as(path).isEqualTo("BAD_PARAMETER");
            assertThat(problem.toString()).doesNotContain("DOE");
        }
    }

    @Test
    void describesEveryQuestion() throws Exception {
        JsonNode paths = worker.json("/q/openapi?format=json").get("paths");

        for (String path :
                List.of("/api/cases", "/api/jobs", "/api/lesions.csv", "/api/jobs/{id}/overlay.png", "/api/compare")) {
            assertThat(paths.at("/" + path.replace("~", "~0").replace("/", "~1") + "/get/summary")
                            .asText())
                    .as(path)
                    .isNotBlank();
        }
        assertThat(paths.get("/api/jobs").at("/get/parameters").findValuesAsText("name"))
                .contains("lane", "class", "checkpoint", "from", "to", "minArea", "minVolume", "outcome", "after");
    }

    private String code(int status, String job) throws Exception {
        return worker.problem(status, "/api/jobs/" + job + "/overlay.png")
                .get("code")
                .textValue();
    }

    private void assertFound(String filter, List<String> jobs, List<String> cases) throws Exception {
        assertThat(names("/api/jobs?outcome=segmented&" + filter, "jobs", "jobId"))
                .as(filter)
                .containsExactlyInAnyOrderElementsOf(jobs);
        assertThat(names("/api/cases?state=complete&" + filter, "cases", "caseId"))
                .as(filter)
                .containsExactlyInAnyOrderElementsOf(cases);
    }

    private List<String> names(String path, String list, String field) throws Exception {
        return worker.json(path).get(list).findValuesAsText(field);
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = worker.database().source().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static JobOutcome.Segmented slice(String id, int image) {
        return slice(aJob(id).inCase("stack", image, 2), image, band(0, 2));
    }

    private static JobOutcome.Segmented narrow(String id, int image) {
        return slice(aJob(id).inCase("stack", image, 2).by("lesion@canary"), image, band(0, 1));
    }

    private static JobOutcome.Segmented slice(SampleJob job, int image, byte[] mask) {
        StoredPicture picture = elsewhere("slice " + image, Optional.of(new SlicePosition(image * 2.0, 2)));
        return picture.segmented(job, Lane.URGENT, 1, mask);
    }

    private static StoredPicture elsewhere(String name, Optional<SlicePosition> slice) {
        return new StoredPicture(
                ImageSource.at(URI.create("file:///elsewhere/picture.png")), SampleJob.digest(name), slice);
    }

    private StoredPicture inFolder(String name) throws IOException {
        Path file = pictures.resolve(name);
        ImageIO.write(new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_BYTE_GRAY), "png", file.toFile());
        return new StoredPicture(ImageSource.at(file.toUri()), Digest.of(Files.readAllBytes(file)), Optional.empty());
    }
}
