package org.lesionstream.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.lesionstream.worker.testing.PackagedSystem.SOON;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesionstream.schemas.checkpoint.Precision;
import org.lesionstream.schemas.image.LabelMask;
import org.lesionstream.schemas.image.MaskPng;
import org.lesionstream.schemas.message.CaseImage;
import org.lesionstream.schemas.message.CaseResult;
import org.lesionstream.schemas.message.DeadLetter;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.schemas.message.MessageCodec;
import org.lesionstream.schemas.message.SegmentationResult;
import org.lesionstream.worker.decode.dicom.DicomFiles;
import org.lesionstream.worker.testing.Answers;
import org.lesionstream.worker.testing.PackagedSystem;
import org.lesionstream.worker.testing.TinyNetwork;

/**
 * The packaged worker as a child process, on a real broker and a real database: what goes in by Kafka or HTTP comes out once,
 * and can be read in both places.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PackagedWorkerIT {
    private final ObjectMapper json = new ObjectMapper();
    private final MessageCodec codec = new MessageCodec();

    @TempDir
    private static Path folder;

    private PackagedSystem system;
    private Answers answers;

    @BeforeAll
    void startEverything() throws IOException {
        system = PackagedSystem.start(folder, Map.of());
        answers = system.answers();
    }

    @AfterAll
    void stopEverything() throws IOException {
        if (system != null) {
            system.close();
        }
    }

    @Test
    void answersACaseOfSeveralImagesOnKafkaInTheDatabaseAndByHttp() throws Exception {
        for (int slice = 1; slice <= 3; slice++) {
            Path image = picture("case-a-" + slice + ".png", slice);
            submit(job("case-a-" + slice, "case-a", slice, 3, image));
        }

        SegmentationResult result = codec.readResult(answers.await("case-a-2#0", SOON));
        assertThat(result.checkpoint().version()).isEqualTo(1);
        assertThat(result.lesionCount()).isEqualTo(1);
        assertThat(result.lesions().get(0).areaPixels()).isEqualTo(4);
        assertThat(result.totals().get(0).areaSquareMillimetres()).contains(4 * 0.5 * 0.25);
        assertThat(result.timingsMillis()).containsKeys("decode", "tile", "inference", "lesion");

        CaseResult closed = codec.readCaseResult(answers.await("case-a/lesion@production#1", SOON));
        assertThat(closed.complete()).isTrue();
        assertThat(closed.missing()).isEmpty();
        assertThat(closed.lesionCount()).isEqualTo(3);
        assertThat(closed.totals().get(0).areaPixels()).isEqualTo(1 + 4 + 9);

        JsonNode shown = json.readTree(system.get("/api/jobs/case-a-3").body());
        assertThat(shown.toString()).contains("case-a-3").contains("\"areaPixels\":9");
        assertThat(json.readTree(system.get("/api/cases/case-a").body()).toString())
                .contains("case-a");
        assertThat(json.readTree(system.get("/api/cases").body()).toString()).contains("case-a");

        LabelMask mask =
                MaskPng.decode(system.getBytes("/api/jobs/case-a-3/mask.png").body());
        assertThat(mask.width()).isEqualTo(14);
        assertThat(mask.height()).isEqualTo(10);
        assertThat(IntStream.range(0, 140).filter(i -> mask.labels()[i] != 0).count())
                .isEqualTo(9);
    }

    @Test
    void answersWhatIsBadWithADeadLetterAndLivesOn() throws Exception {
        Path truncated = folder.resolve("images/truncated.png");
        byte[] whole = Files.readAllBytes(picture("whole.png", 3));
        Files.write(truncated, Arrays.copyOf(whole, whole.length / 2));

        submit(job("bad-file", "bad-file", 1, 1, truncated));
        submit(job("bad-root", "bad-root", 1, 1, folder.resolve("store/lesion/1/manifest.json")));
        submit(job("bad-checkpoint", "bad-checkpoint", 1, 1, truncated).replace("lesion@production", "nobody@7"));
        submit(job("too-late", "too-late", 1, 1, folder.resolve("images/whole.png"))
                .replaceFirst("\\{", "{\"deadline\":\"2020-01-01T00:00:00Z\","));
        answers.send("image-jobs", "who knows", "{\"jobId\": ");
        submit(job("good", "good", 1, 1, folder.resolve("images/whole.png")));

        assertThat(code("bad-file#0")).isEqualTo(FailureCode.IMAGE_DAMAGED);
        assertThat(code("bad-root#0")).isEqualTo(FailureCode.SOURCE_NOT_ALLOWED);
        assertThat(code("bad-checkpoint#0")).isEqualTo(FailureCode.CHECKPOINT_UNKNOWN);
        assertThat(code("too-late#0")).isEqualTo(FailureCode.DEADLINE_EXPIRED);
        CaseResult withoutMask = codec.readCaseResult(answers.await("bad-checkpoint/nobody@7#1", SOON));
        assertThat(withoutMask.missing()).containsExactly(1);
        assertThat(withoutMask.checkpoint()).isEmpty();
        DeadLetter unreadable = codec.readDeadLetter(answers.awaitMatching("unreadable:image-jobs:.*", SOON));
        assertThat(unreadable.code()).isEqualTo(FailureCode.INVALID_JSON);
        assertThat(unreadable.job()).isEmpty();
        assertThat(codec.readResult(answers.await("good#0", SOON)).lesionCount())
                .isEqualTo(1);
    }

    @Test
    void measuresDicomByItsOwnSpacingAndTellsNothingOfThePatient() throws Exception {
        Path images = folder.resolve("images");
        Path slice = Files.write(images.resolve("slice.dcm"), DicomFiles.slices(2));
        Path frames = Files.write(images.resolve("frames.dcm"), DicomFiles.slices(1, 3));
        submit(withoutSpacing("dicom", slice, Map.of()));
        submit(withoutSpacing("dicom-frame", frames, Map.of("frame", 2)));
        submit(withoutSpacing(
                "dicom-coded", Files.write(images.resolve("coded.dcm"), DicomFiles.jpeg2000()), Map.of()));

        byte[] answer = answers.await("dicom#0", SOON);
        SegmentationResult result = codec.readResult(answer);
        assertThat(result.lesions().get(0).areaPixels()).isEqualTo(4);
        assertThat(result.totals().get(0).areaSquareMillimetres()).contains(4 * 0.5 * 0.25);
        assertThat(codec.readResult(answers.await("dicom-frame#0", SOON))
                        .lesions()
                        .get(0)
                        .areaPixels())
                .isEqualTo(9);
        byte[] letter = answers.await("dicom-coded#0", SOON);
        assertThat(codec.readDeadLetter(letter).code()).isEqualTo(FailureCode.UNSUPPORTED_TRANSFER_SYNTAX);
        assertThat(new String(answer, UTF_8) + new String(letter, UTF_8)).doesNotContain(DicomFiles.MARK);
    }

    @Test
    void goesOnWithAJobForEachImageOfASource() throws Exception {
        Path frames = Files.write(folder.resolve("images/volume.dcm"), DicomFiles.slices(1, 3, 2));
        String job = withoutSpacing("volume", frames, Map.of());
        submit(job);

        assertThat(codec.readJobExpansion(answers.await("volume#0", SOON)).images())
                .isEqualTo(3);
        SegmentationResult second = codec.readResult(answers.await("volume.2#0", SOON));
        assertThat(second.imagingCase()).isEqualTo(new CaseImage("volume", 2, 3));
        assertThat(second.lesions().get(0).areaPixels()).isEqualTo(9);
        CaseResult closed = codec.readCaseResult(answers.await("volume/lesion@production#1", SOON));
        assertThat(closed.images()).isEqualTo(3);
        assertThat(closed.complete()).isTrue();
        assertThat(closed.totals().get(0).areaPixels()).isEqualTo(1 + 9 + 4);

        submit(job);
        answers.awaitCopies("volume#0", 2, SOON);
        answers.awaitCopies("volume.3#0", 2, SOON);
        assertThat(answers.copies("volume.3#0").get(1))
                .isEqualTo(answers.copies("volume.3#0").get(0));

        submit(PackagedSystem.text(PackagedSystem.job("one-of-two", "one-of-two", 1, 2, frames)));
        assertThat(code("one-of-two#0")).isEqualTo(FailureCode.MANY_IMAGES);
    }

    private static String withoutSpacing(String id, Path file, Map<String, Object> more) throws IOException {
        Map<String, Object> job = new HashMap<>(PackagedSystem.job(id, id, 1, 1, file));
        job.remove("pixelSpacing");
        Map<String, Object> image = new HashMap<>(more);
        image.put("uri", file.toUri().toString());
        job.put("image", image);
        return PackagedSystem.text(job);
    }

    @Test
    void answersAJobThatIsSentTwiceWithOneOutcomeUnderOneIdentity() throws Exception {
        String job = job("twice", "twice", 1, 1, picture("twice.png", 2));
        submit(job);
        byte[] first = answers.await("twice#0", SOON);

        submit(job);
        answers.awaitCopies("twice#0", 2, SOON);

        assertThat(answers.copies("twice#0"))
                .allSatisfy(copy -> assertThat(copy).isEqualTo(first));
    }

    @ParameterizedTest
    @ValueSource(strings = {"SIGTERM", "SIGKILL"})
    void losesAndDoublesNothingWhenItIsEndedAtWork(String signal) throws Exception {
        Path image = picture("ended.png", 2);
        List<String> ids =
                IntStream.range(0, 80).mapToObj(i -> signal + "-" + i).toList();
        for (String id : ids) {
            submit(job(id, id, 1, 1, image));
        }
        answers.await(ids.get(0) + "#0", SOON);

        if (signal.equals("SIGTERM")) {
            assertThat(system.worker().stop()).isEqualTo(143);
        } else {
            system.worker().kill();
        }
        system.startWorker();

        for (String id : ids) {
            answers.await(id + "#0", SOON);
            assertThat(answers.copies(id + "#0")).hasSize(1);
        }
    }

    @Test
    void followsAMovedAliasWithoutARestart() throws Exception {
        system.store().publish("moving", 1, TinyNetwork.THRESHOLD, Precision.FP32);
        system.store().promote("moving", 1, "production");
        Path image = picture("moving.png", 2);
        submit(job("moving-1", "moving-1", 1, 1, image).replace("lesion@production", "moving@production"));
        assertThat(codec.readResult(answers.await("moving-1#0", SOON))
                        .checkpoint()
                        .version())
                .isEqualTo(1);

        system.store().publish("moving", 2, TinyNetwork.THRESHOLD, Precision.FP32);
        system.store().promote("moving", 2, "production");

        int version = 1;
        for (int attempt = 2;
                version == 1 && attempt < 200;
                attempt++) { // each answer takes a moment: the alias is read often
            String id = "moving-" + attempt;
            submit(job(id, id, 1, 1, image).replace("lesion@production", "moving@production"));
            version = codec.readResult(answers.await(id + "#0", SOON))
                    .checkpoint()
                    .version();
        }
        assertThat(version).isEqualTo(2);
    }

    @Test
    void takesAJobByHttp() throws Exception {
        String job = job("by-http", "by-http", 1, 1, picture("by-http.png", 2));

        assertThat(system.post(job).statusCode()).isEqualTo(202);

        assertThat(codec.readResult(answers.await("by-http#0", SOON)).lesionCount())
                .isEqualTo(1);
    }

    @Test
    void refusesAJobThatBreaksTheContractAtTheDoor() throws Exception {
        HttpResponse<String> refusal = system.post("{\"jobId\":\"x\",\"patientName\":\"Doe\"}");

        assertThat(refusal.statusCode()).isEqualTo(400);
        assertThat(refusal.body()).contains("SCHEMA_VIOLATION").doesNotContain("Doe");
    }

    @Test
    void tellsProbesMetricsAndItsInterface() throws Exception {
        assertThat(system.get("/q/health/live").statusCode()).isEqualTo(200);
        assertThat(system.get("/q/health/started").statusCode()).isEqualTo(200);
        assertThat(system.get("/q/health/ready").body()).contains("RUNNING");
        assertThat(system.get("/q/metrics").body()).contains("lesionstream_in_flight");
        assertThat(system.get("/q/openapi").body()).contains("/api/jobs/{id}/mask.png");
        assertThat(system.get("/api/jobs/nobody-knows").statusCode()).isEqualTo(404);
    }

    private FailureCode code(String id) {
        return codec.readDeadLetter(answers.await(id, SOON)).code();
    }

    private Path picture(String name, int side) throws IOException {
        return system.picture(name, side);
    }

    private static String job(String id, String caseId, int image, int images, Path file) throws IOException {
        return PackagedSystem.text(PackagedSystem.job(id, caseId, image, images, file));
    }

    private void submit(String job) throws Exception {
        answers.send("image-jobs", "key", job);
    }
}
