package org.lesionstream.local.torture;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.lesionstream.local.traffic.JobLane;
import org.lesionstream.local.traffic.Publication;
import org.lesionstream.schemas.checkpoint.CheckpointFile;
import org.lesionstream.schemas.checkpoint.CheckpointManifest;
import org.lesionstream.schemas.checkpoint.CheckpointReference;
import org.lesionstream.schemas.checkpoint.Digest;
import org.lesionstream.schemas.checkpoint.Drift;
import org.lesionstream.schemas.checkpoint.NetworkDescription;
import org.lesionstream.schemas.checkpoint.OutputKind;
import org.lesionstream.schemas.checkpoint.OutputSpec;
import org.lesionstream.schemas.checkpoint.Precision;
import org.lesionstream.schemas.checkpoint.SegmentClass;
import org.lesionstream.schemas.image.InputSpec;
import org.lesionstream.schemas.image.LabelMask;
import org.lesionstream.schemas.image.MaskPng;
import org.lesionstream.schemas.lesion.LesionMeasurer;
import org.lesionstream.schemas.lesion.LesionRules;
import org.lesionstream.schemas.lesion.LesionStatistics;
import org.lesionstream.schemas.message.CaseImage;
import org.lesionstream.schemas.message.ClassTotals;
import org.lesionstream.schemas.message.ImageIdentity;
import org.lesionstream.schemas.message.MaskReference;
import org.lesionstream.schemas.message.MessageCodec;
import org.lesionstream.schemas.message.MessageType;
import org.lesionstream.schemas.message.SegmentationResult;

/** A world in which two jobs of one case went well; each test breaks one thing in it. */
class CheckerTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final CheckpointManifest MANIFEST = manifest(1);
    private static final CheckpointManifest OTHER = manifest(2);
    private static final String CASE = "case-1/torture@production";

    private final Map<String, TortureJob> jobs = new HashMap<>();
    private final Map<String, Integer> accepted = new HashMap<>();
    private final Map<String, Stored.Outcome> outcomes = new HashMap<>();
    private final List<Stored.Case> cases = new ArrayList<>();
    private final List<Stored.CaseRevision> revisions = new ArrayList<>();
    private final List<Publication> publications = new ArrayList<>();

    CheckerTest() {
        for (int image = 1; image <= 2; image++) {
            String id = "job-" + image;
            jobs.put(
                    id,
                    new TortureJob(
                            id,
                            TortureJob.Kind.GOOD,
                            new CaseImage("case-1", image, 2),
                            false,
                            JobLane.URGENT,
                            new CheckpointReference.ByAlias("torture", "production"),
                            0));
            accepted.put(id, 1);
            put(outcome(id, MANIFEST, mask(9)));
            answer(id + "#0", MessageType.SEGMENTATION_RESULT, outcomes.get(id).message());
        }
        JsonNode closed = JSON.createObjectNode().put("caseId", "case-1");
        cases.add(new Stored.Case(
                "case-1", "torture@production", Optional.of(MANIFEST.digest().hex()), 2, 2, 1));
        revisions.add(new Stored.CaseRevision("case-1", "torture@production", 1, "job-2", closed));
        answer(CASE + "#1", MessageType.CASE_RESULT, closed);
    }

    @Test
    void hasNoObjectionWhereEverythingIsRight() {
        assertThat(check().texts()).isEmpty();
    }

    @Test
    void missesAnOutcome() {
        outcomes.remove("job-1");

        assertThat(check().texts())
                .contains("lost: job-1 has no outcome in the database", "corrupt: job-1 was answered and has no row");
    }

    @Test
    void missesAnAnswer() {
        accepted.put("job-1", 2);

        assertThat(check().texts()).containsExactly("lost: job-1 was asked 2 times and answered 1 times");
    }

    @Test
    void noticesAnAnswerTooMany() {
        answer("job-1#0", MessageType.SEGMENTATION_RESULT, outcomes.get("job-1").message());

        assertThat(check().texts()).containsExactly("duplicate: job-1 was asked 1 times and answered 2 times");
    }

    @Test
    void noticesTwoIdsForOneJob() {
        accepted.put("job-1", 2);
        answer("job-1#1", MessageType.SEGMENTATION_RESULT, outcomes.get("job-1").message());

        assertThat(check().texts()).containsExactly("corrupt: job-1 was answered under different ids");
    }

    @Test
    void noticesAnAnswerThatIsNotItsRow() {
        publications.remove(0);
        answer(
                "job-1#0",
                MessageType.SEGMENTATION_RESULT,
                JSON.createObjectNode().put("jobId", "job-1"));

        assertThat(check().texts())
                .containsExactly("corrupt: job-1 was answered with something else than its row says");
    }

    @Test
    void noticesADeadLetterForAGoodJob() {
        ObjectNode letter = JSON.createObjectNode().put("code", "INTERNAL_ERROR");
        publications.remove(0);
        put(new Stored.Outcome(
                "job-1",
                "dead_letter",
                Optional.empty(),
                "case-1",
                "torture@production",
                letter,
                Optional.empty(),
                0,
                0));
        answer("job-1#0", MessageType.DEAD_LETTER, letter);

        assertThat(check().texts())
                .containsExactly("corrupt: job-1 is dead_letter with code INTERNAL_ERROR and must be segmented");
    }

    @Test
    void noticesACaseOfTwoCheckpoints() {
        put(outcome("job-2", OTHER, mask(9)));
        publications.remove(1);
        answer("job-2#0", MessageType.SEGMENTATION_RESULT, outcomes.get("job-2").message());

        assertThat(check().texts()).containsExactly("corrupt: " + CASE + " mixes 2 checkpoints");
    }

    @Test
    void noticesTwoMasksOfOnePicture() {
        put(outcome("job-2", MANIFEST, mask(8)));
        publications.remove(1);
        answer("job-2#0", MessageType.SEGMENTATION_RESULT, outcomes.get("job-2").message());

        assertThat(check().texts())
                .containsExactly("corrupt: picture 0 under " + MANIFEST.digest().hex() + " has 2 different masks");
    }

    @Test
    void noticesAMaskThatIsNotTheNamedOne() {
        Stored.Outcome right = outcomes.get("job-1");
        put(withMask(
                right,
                new Stored.Mask(
                        outcome("x", MANIFEST, mask(8)).mask().orElseThrow().png(),
                        right.mask().orElseThrow().sha256())));

        assertThat(check().texts())
                .contains("corrupt: the mask of job-1 is not the one that its row and its result name");
    }

    @Test
    void noticesLesionsThatAreNotInTheMask() {
        Stored.Outcome right = outcomes.get("job-1");
        put(new Stored.Outcome(
                right.jobId(),
                right.kind(),
                right.digest(),
                right.caseId(),
                right.reference(),
                right.message(),
                right.mask(),
                right.lesions() + 1,
                right.lesionPixels()));

        assertThat(check().texts()).containsExactly("corrupt: the lesions of job-1 are not those of its mask");
    }

    @Test
    void noticesACaseThatWasNotClosedOrNotPublished() {
        cases.set(0, new Stored.Case("case-1", "torture@production", Optional.empty(), 2, 1, 0));
        publications.remove(2);

        assertThat(check().texts())
                .containsExactly(
                        "lost: " + CASE + " has 1 of 2 images and was not closed",
                        "lost: the result of " + CASE + "#1 was never published");
    }

    @Test
    void noticesACaseThatWasClosedOrPublishedTwice() {
        revisions.add(new Stored.CaseRevision(
                "case-1", "torture@production", 2, "job-1", revisions.get(0).message()));
        answer(CASE + "#1", MessageType.CASE_RESULT, revisions.get(0).message());
        answer(CASE + "#2", MessageType.CASE_RESULT, revisions.get(0).message());

        assertThat(check().texts())
                .containsExactly(
                        "duplicate: " + CASE + " was closed 2 times",
                        "duplicate: the result of " + CASE + "#1 was published 2 times, and job-2 was asked 1 times");
    }

    @Test
    void countsWhatAShareGroupRepeatsAndStillWantsItTheSame() {
        answer("job-1#0", MessageType.SEGMENTATION_RESULT, outcomes.get("job-1").message());
        answer(CASE + "#1", MessageType.CASE_RESULT, revisions.get(0).message());

        assertThat(check(Intake.SHARE_GROUP).texts()).isEmpty();
        assertThat(check(Intake.SHARE_GROUP).repeated()).isEqualTo(2);

        answer("job-1#1", MessageType.SEGMENTATION_RESULT, outcomes.get("job-1").message());
        assertThat(check(Intake.SHARE_GROUP).texts())
                .containsExactly("corrupt: job-1 was answered under different ids");
    }

    private Findings check() {
        return check(Intake.CONSUMER_GROUP);
    }

    private Findings check(Intake intake) {
        Map<String, CheckpointManifest> manifests =
                Map.of(MANIFEST.digest().hex(), MANIFEST, OTHER.digest().hex(), OTHER);
        return Checker.check(
                jobs,
                accepted,
                new MaskChecker(manifests),
                new Stored(outcomes, cases, revisions),
                publications,
                intake);
    }

    private void put(Stored.Outcome outcome) {
        outcomes.put(outcome.jobId(), outcome);
    }

    private static Stored.Outcome withMask(Stored.Outcome outcome, Stored.Mask mask) {
        return new Stored.Outcome(
                outcome.jobId(),
                outcome.kind(),
                outcome.digest(),
                outcome.caseId(),
                outcome.reference(),
                outcome.message(),
                Optional.of(mask),
                outcome.lesions(),
                outcome.lesionPixels());
    }

    private void answer(String id, MessageType type, JsonNode value) {
        publications.add(new Publication(type, id, value.toString(), 0));
    }

    /** A mask of 8 x 8 with one lesion of so many pixels. */
    private static LabelMask mask(int pixels) {
        byte[] labels = new byte[64];
        Arrays.fill(labels, 16, 16 + pixels, (byte) 1);
        return new LabelMask(8, 8, labels);
    }

    private static Stored.Outcome outcome(String id, CheckpointManifest manifest, LabelMask mask) {
        byte[] png = MaskPng.encode(mask, 1);
        List<LesionStatistics> lesions = LesionMeasurer.measure(
                LesionRules.ALL.apply(mask, Optional.empty()), mask, new byte[0], Optional.empty(), Optional.empty());
        long pixels = lesions.stream().mapToLong(LesionStatistics::areaPixels).sum();
        SegmentationResult result = new SegmentationResult(
                id,
                new CaseImage("case-1", 1, 2),
                manifest.identity(),
                "fp32",
                "none",
                new ImageIdentity(8, 8, Digest.of(new byte[1])),
                new MaskReference("png", Digest.of(png), "/api/jobs/" + id + "/mask.png"),
                List.of(new ClassTotals(
                        1, "lesion", lesions.size(), pixels, Optional.empty(), pixels / 64.0, Optional.empty())),
                lesions,
                lesions.size(),
                Map.of(),
                1,
                Optional.empty(),
                Optional.empty());
        try {
            return new Stored.Outcome(
                    id,
                    "segmented",
                    Optional.of(manifest.digest().hex()),
                    "case-1",
                    "torture@production",
                    JSON.readTree(new MessageCodec().write(result)),
                    Optional.of(new Stored.Mask(png, Digest.of(png).hex())),
                    lesions.size(),
                    pixels);
        } catch (IOException noJson) {
            throw new UncheckedIOException(noJson);
        }
    }

    private static CheckpointManifest manifest(int version) {
        return new CheckpointManifest(
                "torture",
                version,
                new NetworkDescription("unet-same", Map.of("base", "8")),
                List.of(new SegmentClass(1, "lesion", Optional.empty())),
                InputSpec.tiles(16, 16, 3, 0, 16),
                new OutputSpec(OutputKind.LABELS, 1, 0.5),
                LesionRules.ALL,
                List.of(new CheckpointFile(Precision.FP32, "model.fp32.pt", Digest.of(new byte[3]), 1, Drift.NONE)),
                "test",
                Instant.EPOCH);
    }
}
