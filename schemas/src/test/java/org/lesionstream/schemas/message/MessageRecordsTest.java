package org.lesionstream.schemas.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.lesionstream.schemas.checkpoint.CheckpointIdentity;
import org.lesionstream.schemas.checkpoint.CheckpointReference;
import org.lesionstream.schemas.checkpoint.Digest;
import org.lesionstream.schemas.lesion.LesionStatistics;

class MessageRecordsTest {

    private static final Digest DIGEST = new Digest("ab".repeat(32));
    private static final CheckpointReference REFERENCE = CheckpointReference.parse("lesion@production");
    private static final CheckpointIdentity IDENTITY = new CheckpointIdentity("lesion", 1, DIGEST);
    private static final URI PLACE = URI.create("file:///a.png");
    private static final LesionStatistics LESION = new LesionStatistics(
            1,
            1,
            4,
            Optional.empty(),
            0.5,
            0.5,
            0,
            0,
            2,
            2,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void refusesWhatCannotBe(String message, ThrowingCallable construction) {
        assertThatThrownBy(construction)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                of("case id", () -> new CaseImage("a b", 1, 1)),
                of("case id", () -> new CaseImage("Doe^Jane", 1, 1)),
                of("case id", () -> new CaseImage("c".repeat(129), 1, 1)),
                of("images must be from 1 to 100000, was 0", () -> new CaseImage("c", 1, 0)),
                of("images must be from 1 to 100000, was 100001", () -> new CaseImage("c", 1, 100_001)),
                of("image must be from 1 to 2, was 0", () -> new CaseImage("c", 0, 2)),
                of("image must be from 1 to 2, was 3", () -> new CaseImage("c", 3, 2)),
                of("bytes must not be empty", () -> new InlineBytes(new byte[0])),
                of(
                        "exactly one of uri, inline and channels must be given, were 0",
                        () -> source(null, false, List.of())),
                of("were 2", () -> source(PLACE, true, List.of())),
                of("were 3", () -> source(PLACE, true, List.of(ImageSource.at(PLACE)))),
                of("uri must be absolute", () -> ImageSource.at(URI.create("a.png"))),
                of("were 17", () -> source(null, false, Collections.nCopies(17, ImageSource.at(PLACE)))),
                of(
                        "must not have channels",
                        () -> source(null, false, List.of(source(null, false, List.of(ImageSource.at(PLACE)))))),
                of(
                        "sha256 must stand with each channel",
                        () -> new ImageSource(
                                Optional.empty(),
                                Optional.empty(),
                                List.of(ImageSource.at(PLACE)),
                                Optional.empty(),
                                Optional.of(DIGEST),
                                OptionalInt.empty())),
                of(
                        "mediaType",
                        () -> new ImageSource(
                                Optional.of(PLACE),
                                Optional.empty(),
                                List.of(),
                                Optional.of("PNG"),
                                Optional.empty(),
                                OptionalInt.empty())),
                of(
                        "frame must be at least 1, was 0",
                        () -> new ImageSource(
                                Optional.of(PLACE),
                                Optional.empty(),
                                List.of(),
                                Optional.empty(),
                                Optional.empty(),
                                OptionalInt.of(0))),
                of("position must be finite", () -> new SlicePosition(Double.NaN, 1)),
                of("spacing must be positive, was 0.0", () -> new SlicePosition(0, 0)),
                of("jobId", () -> job("a#1", Map.of())),
                of("labels must be at most 32, were 33", () -> job("j", manyLabels(33))),
                of("width and height", () -> new ImageIdentity(0, 1, DIGEST)),
                of("width and height", () -> new ImageIdentity(1, 0, DIGEST)),
                of("encoding must be png, was gif", () -> new MaskReference("gif", DIGEST, "/a")),
                of("where must begin with /, was a", () -> new MaskReference("png", DIGEST, "a")),
                of("label must be from 1 to 255, was 0", () -> totals(0, "x", 1, 1, 0.5)),
                of("label must be from 1 to 255, was 256", () -> totals(256, "x", 1, 1, 0.5)),
                of("name must not be blank", () -> totals(1, " ", 1, 1, 0.5)),
                of("lesions must not be negative, was -1", () -> totals(1, "x", -1, 1, 0.5)),
                of("areaPixels must be at least one per lesion, was 1 for 2", () -> totals(1, "x", 2, 1, 0.5)),
                of(
                        "areaSquareMillimetres must not be negative, was -1.0",
                        () -> new ClassTotals(1, "x", 1, 1, Optional.of(-1.0), 0.5, Optional.empty())),
                of("imageShare must be from 0 to 1, was 1.5", () -> totals(1, "x", 1, 1, 1.5)),
                of("imageShare must be from 0 to 1, was NaN", () -> totals(1, "x", 1, 1, Double.NaN)),
                of("jobId", () -> result("a b", "fp32", List.of(), 0, Map.of(), 1)),
                of("precision and engine", () -> result("j", "", List.of(), 0, Map.of(), 1)),
                of(
                        "lesions must be at most 256, were 257",
                        () -> result("j", "fp32", Collections.nCopies(257, LESION), 257, Map.of(), 1)),
                of(
                        "lesionCount must cover the 1 listed, was 0",
                        () -> result("j", "fp32", List.of(LESION), 0, Map.of(), 1)),
                of(
                        "timing of decode must not be negative, was -1.0",
                        () -> result("j", "fp32", List.of(), 0, Map.of("decode", -1.0), 1)),
                of("attempt must be at least 1, was 0", () -> result("j", "fp32", List.of(), 0, Map.of(), 0)),
                of("caseId", () -> caseResult("a b", 1, 1, List.of(), 0, "j")),
                of("closingJobId", () -> caseResult("c", 1, 1, List.of(), 0, "a b")),
                of("revision must be at least 1, was 0", () -> caseResult("c", 0, 1, List.of(), 0, "j")),
                of("images must be at least 1, was 0", () -> caseResult("c", 1, 0, List.of(), 0, "j")),
                of("held 1 after 2", () -> caseResult("c", 1, 3, List.of(2, 1), 0, "j")),
                of("held 4 after 0", () -> caseResult("c", 1, 3, List.of(4), 0, "j")),
                of("lesionCount must not be negative, was -1", () -> caseResult("c", 1, 1, List.of(), -1, "j")),
                of("topic must not be blank", () -> new DeadLetterSource("", 0, 0, 0, DIGEST)),
                of("were -1, 0 and 0", () -> new DeadLetterSource("t", -1, 0, 0, DIGEST)),
                of("were 0, -1 and 0", () -> new DeadLetterSource("t", 0, -1, 0, DIGEST)),
                of("were 0, 0 and -1", () -> new DeadLetterSource("t", 0, 0, -1, DIGEST)),
                of(
                        "attempts must be at least 1, was 0",
                        () -> new DeadLetter(
                                Optional.empty(),
                                new DeadLetterSource("t", 0, 0, 0, DIGEST),
                                FailureCode.INVALID_JSON,
                                "",
                                0)));
    }

    @Test
    void neverPrintsInlineBytes() {
        assertThat(ImageSource.inline(new byte[] {42, 43}).toString())
                .contains("InlineBytes[2]")
                .doesNotContain("42");
    }

    @Test
    void doesNotRepeatAnIdentifierThatItRefuses() {
        assertThatThrownBy(() -> new CaseImage("Doe^Jane", 1, 1)).hasMessageNotContaining("Doe");
    }

    @Test
    void equalBytesAreEqualSources() {
        assertThat(ImageSource.inline(new byte[] {1, 2}))
                .isEqualTo(ImageSource.inline(new byte[] {1, 2}))
                .hasSameHashCodeAs(ImageSource.inline(new byte[] {1, 2}))
                .isNotEqualTo(ImageSource.inline(new byte[] {1, 3}));
    }

    @Test
    void collectionsCannotBeChangedAfterwards() {
        Map<String, String> labels = new TreeMap<>(Map.of("site", "a"));
        ImageJob job = job("j", labels);
        labels.put("site", "b");
        assertThat(job.labels()).containsEntry("site", "a");
        assertThatThrownBy(() -> job.labels().put("site", "b")).isInstanceOf(UnsupportedOperationException.class);
    }

    private static Arguments of(String message, ThrowingCallable construction) {
        return Arguments.of(message, construction);
    }

    private static ImageSource source(URI uri, boolean inline, List<ImageSource> channels) {
        return new ImageSource(
                Optional.ofNullable(uri),
                inline ? Optional.of(new InlineBytes(new byte[1])) : Optional.empty(),
                channels,
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty());
    }

    private static ImageJob job(String jobId, Map<String, String> labels) {
        return new ImageJob(
                jobId,
                new CaseImage("c", 1, 1),
                ImageSource.at(PLACE),
                REFERENCE,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                labels);
    }

    private static Map<String, String> manyLabels(int count) {
        Map<String, String> labels = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            labels.put("label" + i, "x");
        }
        return labels;
    }

    private static ClassTotals totals(int label, String name, int lesions, long area, double share) {
        return new ClassTotals(label, name, lesions, area, Optional.empty(), share, Optional.empty());
    }

    private static SegmentationResult result(
            String jobId,
            String precision,
            List<LesionStatistics> lesions,
            int lesionCount,
            Map<String, Double> timings,
            int attempt) {
        return new SegmentationResult(
                jobId,
                new CaseImage("c", 1, 1),
                IDENTITY,
                precision,
                "pytorch",
                new ImageIdentity(1, 1, DIGEST),
                new MaskReference("png", DIGEST, "/api/jobs/j/mask.png"),
                List.of(),
                lesions,
                lesionCount,
                timings,
                attempt,
                Optional.empty(),
                Optional.empty());
    }

    private static CaseResult caseResult(
            String caseId, int revision, int images, List<Integer> missing, int lesionCount, String closingJobId) {
        return new CaseResult(
                caseId,
                REFERENCE,
                missing.size() < images ? Optional.of(IDENTITY) : Optional.empty(),
                revision,
                images,
                missing,
                missing.isEmpty(),
                List.of(),
                lesionCount,
                closingJobId,
                List.of(),
                false,
                Optional.empty(),
                Optional.empty());
    }
}
