package org.lesionstream.schemas.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesionstream.schemas.checkpoint.CheckpointReference;
import org.lesionstream.schemas.testing.Contracts;

class MessageCodecTest {

    private static final String NAME = "Doe^Jane";

    private final MessageCodec codec = new MessageCodec();

    /** One change to the minimal or complete sample, and where the fault must be seen. */
    @ParameterizedTest(name = "{0} = {1} is refused at {2}")
    @CsvSource(delimiter = '|', textBlock = """
            /jobId                | "a b"                                  | /jobId
            /jobId                | "Doe^Jane"                             | /jobId
            /jobId                | "j-1\\n"                               | /jobId
            /jobId                | ""                                     | /jobId
            /jobId                | 7                                      | /jobId
            /jobId                | null                                   | /jobId
            /patientName          | "Doe^Jane"                             | ''
            /case/id              | "Doe^Jane"                             | /case/id
            /case/patientName     | "Doe^Jane"                             | /case
            /case/image           | 0                                      | /case/image
            /case/image           | 1.5                                    | /case/image
            /case/image           | 25                                     | /case
            /case/images          | 100001                                 | /case/images
            /case                 | []                                     | /case
            /image/uri            | "pictures/a.png"                       | /image/uri
            /image/uri            | "file:///with a blank"                 | /image/uri
            /image/inline         | "AAAA"                                 | /image
            /image/channels       | [{"uri":"file:///a"}]                  | /image
            /image                | {}                                     | /image
            /image                | {"inline":""}                          | /image/inline
            /image                | {"inline":"AA*A"}                      | /image/inline
            /image                | {"channels":[]}                        | /image/channels
            /image                | {"channels":[{"uri":"a"}]}             | /image/channels/0/uri
            /image                | {"channels":[{"channels":[]}]}         | /image/channels/0/channels
            /image/frame          | 0                                      | /image/frame
            /image/mediaType      | "PNG"                                  | /image/mediaType
            /image/sha256         | "ABC"                                  | /image/sha256
            /checkpoint           | "lesion"                               | /checkpoint
            /checkpoint           | "lesion@0"                             | /checkpoint
            /checkpoint           | "../x@1"                               | /checkpoint
            /pixelSpacing/row     | 0                                      | /pixelSpacing/row
            /pixelSpacing/depth   | 1                                      | /pixelSpacing
            /slice/spacing        | -1                                     | /slice/spacing
            /deadline             | "tomorrow"                             | /deadline
            /deadline             | "2026-02-31T00:00:00Z"                 | /deadline
            /deadline             | "2026-11-20T20:00:00+01:00"            | /deadline
            /labels/site          | 1                                      | /labels
            """)
    void refusesAFaultyJobAtThePlaceOfTheFault(String place, String value, String pointer) {
        byte[] json = Contracts.sample("image-job.v1", "complete", set(place, value));
        InvalidMessageException refused = refused(json);
        assertThat(refused.code()).isEqualTo(FailureCode.SCHEMA_VIOLATION);
        assertThat(refused.pointer()).isEqualTo(pointer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"jobId", "case", "image", "checkpoint"})
    void saysWhichFieldIsMissing(String field) {
        byte[] json = Contracts.sample("image-job.v1", "minimal", tree -> ((ObjectNode) tree).remove(field));
        assertThat(refused(json).pointer()).isEqualTo("/" + field);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{", "nonsense", "{} {}", "{\"jobId\":\"a\",\"jobId\":\"b\"}", "{\"jobId\":NaN}"})
    void refusesWhatIsNotOneJsonDocument(String text) {
        InvalidMessageException refused = refused(text.getBytes(StandardCharsets.UTF_8));
        assertThat(refused.code()).isEqualTo(FailureCode.INVALID_JSON);
        assertThat(refused.pointer()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "null", "7", "\"job\""})
    void refusesJsonThatIsNoObject(String text) {
        InvalidMessageException refused = refused(text.getBytes(StandardCharsets.UTF_8));
        assertThat(refused.code()).isEqualTo(FailureCode.SCHEMA_VIOLATION);
        assertThat(refused.pointer()).isEmpty();
    }

    @Test
    void refusesDeepNestingAsNoJson() {
        byte[] deep = "[".repeat(100_000).getBytes(StandardCharsets.UTF_8);
        assertThat(refused(deep).code()).isEqualTo(FailureCode.INVALID_JSON);
    }

    @Test
    void refusesANumberThatNoDoubleHolds() {
        String letter = new String(Contracts.sample("dead-letter.v1", "unreadable"), StandardCharsets.UTF_8);
        for (String endless : List.of("1e400", "-1e400", "1e999999999", "9".repeat(400))) {
            byte[] json = letter.replace("\"INPUT\"", endless).getBytes(StandardCharsets.UTF_8);
            assertThatThrownBy(() -> codec.readDeadLetter(json))
                    .isInstanceOfSatisfying(InvalidMessageException.class, refused -> assertThat(refused.pointer())
                            .isEqualTo("/type"));
        }
        String job = new String(Contracts.sample("image-job.v1", "complete"), StandardCharsets.UTF_8);
        assertThat(refused(job.replace("0.75", "1e400").getBytes(StandardCharsets.UTF_8))
                        .pointer())
                .isEqualTo("/pixelSpacing/column");
        String disguised = "{\"image\":{\"channels\":[{\"uri\":\"file:///a\"}],\"channels/Doe\":1e400}}";
        assertThat(refused(disguised.getBytes(StandardCharsets.UTF_8)).pointer())
                .isEqualTo("/image");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/jobId", "/case/id", "/checkpoint", "/image/uri", "/image/mediaType", "/deadline", "/note"})
    void neverRepeatsARefusedValue(String place) {
        InvalidMessageException refused =
                refused(Contracts.sample("image-job.v1", "complete", set(place, "\"" + NAME + "\"")));
        assertThat(refused).hasMessageNotContaining("Doe").hasNoCause();
    }

    @Test
    void doesNotRepeatAKeyThatIsNoField() {
        InvalidMessageException inLabels =
                refused(Contracts.sample("image-job.v1", "complete", put("/labels", NAME, "ward")));
        assertThat(inLabels.pointer()).isEqualTo("/labels");
        InvalidMessageException atTop = refused(Contracts.sample("image-job.v1", "complete", put("", NAME, "x")));
        assertThat(atTop.pointer()).isEmpty();
        InvalidMessageException escaped =
                refused(Contracts.sample("image-job.v1", "complete", put("/case", "a/b", "x")));
        assertThat(escaped.pointer()).isEqualTo("/case");
        InvalidMessageException likeAField =
                refused(Contracts.sample("image-job.v1", "complete", put("/image", "Doe_Jane", "x")));
        assertThat(likeAField.pointer()).isEqualTo("/image");
        InvalidMessageException likeAnIndex =
                refused(Contracts.sample("image-job.v1", "complete", put("/case", "19700101", "x")));
        assertThat(likeAnIndex.pointer()).isEqualTo("/case");
    }

    @Test
    void outputsMayHaveFieldsThatThisVersionDoesNotKnow() {
        Consumer<JsonNode> more = put("", "sinceVersionNine", "x");
        assertThat(codec.readResult(Contracts.sample("segmentation-result.v1", "two-lesions", more)))
                .isEqualTo(codec.readResult(Contracts.sample("segmentation-result.v1", "two-lesions")));
        assertThat(codec.readResult(
                        Contracts.sample("segmentation-result.v1", "two-lesions", put("/lesions/0", "diameter", "x"))))
                .isEqualTo(codec.readResult(Contracts.sample("segmentation-result.v1", "two-lesions")));
        assertThat(codec.readCaseResult(Contracts.sample("case-result.v1", "complete", more)))
                .isEqualTo(codec.readCaseResult(Contracts.sample("case-result.v1", "complete")));
        assertThat(codec.readDeadLetter(Contracts.sample("dead-letter.v1", "unreadable", more)))
                .isEqualTo(codec.readDeadLetter(Contracts.sample("dead-letter.v1", "unreadable")));
    }

    @Test
    void outputsMustKeepTheirPromisesNonetheless() {
        assertThatThrownBy(() -> codec.readResult(
                        Contracts.sample("segmentation-result.v1", "two-lesions", set("/lesions/1/areaPixels", "-4"))))
                .isInstanceOfSatisfying(InvalidMessageException.class, refused -> assertThat(refused.pointer())
                        .isEqualTo("/lesions/1/areaPixels"));
        assertThatThrownBy(() -> codec.readResult(
                        Contracts.sample("segmentation-result.v1", "two-lesions", set("/lesionCount", "1"))))
                .isInstanceOf(InvalidMessageException.class);
        assertThatThrownBy(() -> codec.readCaseResult(
                        Contracts.sample("case-result.v1", "incomplete", set("/missing", "[4,1]"))))
                .isInstanceOf(InvalidMessageException.class);
    }

    @Test
    void limitsTheInlinePicturesOfAJobTogether() {
        MessageCodec small = new MessageCodec(10);
        assertThatCode(() -> small.readJob(inline(10))).doesNotThrowAnyException();
        assertThatCode(() -> small.readJob(inline(5, 5))).doesNotThrowAnyException();
        for (byte[] tooMuch : List.of(inline(11), inline(6, 5), inline(1 << 20))) {
            assertThatThrownBy(() -> small.readJob(tooMuch))
                    .isInstanceOfSatisfying(InvalidMessageException.class, refused -> assertThat(refused.code())
                            .isEqualTo(FailureCode.MESSAGE_TOO_LARGE));
        }
        assertThatThrownBy(() -> new MessageCodec(-1))
                .hasMessageContaining("maxInlineBytes")
                .hasMessageContaining("-1");
    }

    @Test
    void readsTheLargestJobThatTheSchemaAllowsBesideInlinePictures() {
        byte[] json = Contracts.sample("image-job.v1", "complete", tree -> {
            ObjectNode labels = (ObjectNode) tree.get("labels");
            labels.removeAll();
            for (int i = 0; i < ImageJob.MAX_LABELS; i++) {
                labels.put("k" + i + "x".repeat(60), "\u20ac".repeat(256));
            }
            ((ObjectNode) tree.get("image")).put("uri", "file:///" + "x".repeat(2000));
        });
        assertThat(new MessageCodec(0).readJob(json).labels()).hasSize(ImageJob.MAX_LABELS);
    }

    @Test
    void aDeadLetterNamesItsFailureTypeForReadersThatDoNotKnowTheCode() {
        DeadLetter letter = codec.readDeadLetter(Contracts.sample("dead-letter.v1", "database-away"));
        assertThat(letter.type()).isEqualTo(FailureType.TRANSIENT);
        assertThat(Contracts.tree(codec.write(letter)).get("type").asText()).isEqualTo("TRANSIENT");
    }

    @Test
    void aDeadLetterNeverHoldsPixels() {
        byte[] pixels = {1, 2, 3};
        ImageJob job = codec.readJob(inline(3, 3));
        DeadLetterSource source = codec.readDeadLetter(Contracts.sample("dead-letter.v1", "unreadable"))
                .source();
        DeadLetter letter = new DeadLetter(Optional.of(job), source, FailureCode.IMAGE_DAMAGED, "decode", 1);
        String json = new String(codec.write(letter), StandardCharsets.UTF_8);
        assertThat(json).doesNotContain("inline").contains("ni:///sha-256;");
        assertThat(codec.readDeadLetter(json.getBytes(StandardCharsets.UTF_8))).isEqualTo(letter);
        assertThat(ImageSource.inline(pixels)
                        .withoutPixels()
                        .sha256()
                        .orElseThrow()
                        .hex())
                .isEqualTo("039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81");
    }

    @Test
    void everyFailureCodeIsNamedInTheContract() {
        String description = Contracts.tree(Contracts.bytes(Contracts.FOLDER.resolve("dead-letter.v1.schema.json")))
                .at("/properties/code/description")
                .asText();
        for (FailureCode code : FailureCode.values()) {
            assertThat(description).contains(code.name());
        }
    }

    @Test
    void writesOnlyWhatTravels() {
        assertThatThrownBy(() -> codec.write("a string"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("java.lang.String");
    }

    @Test
    void manyThreadsMayUseOneCodec() throws Exception {
        byte[] good = Contracts.sample("image-job.v1", "complete");
        byte[] bad = Contracts.sample("image-job.v1", "complete", set("/case/id", "\"a b\""));
        ImageJob expected = codec.readJob(good);
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> results = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                results.add(pool.submit(() -> {
                    for (int i = 0; i < 200; i++) {
                        assertThat(codec.readJob(good)).isEqualTo(expected);
                        assertThat(refused(bad).pointer()).isEqualTo("/case/id");
                    }
                }));
            }
            for (Future<?> result : results) {
                result.get();
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void readsEveryFieldOfAJob() {
        ImageJob job = codec.readJob(Contracts.sample("image-job.v1", "complete"));
        assertThat(job.jobId()).isEqualTo("j-2");
        assertThat(job.imagingCase()).isEqualTo(new CaseImage("c-2", 3, 24));
        assertThat(job.checkpoint()).isEqualTo(new CheckpointReference.ByAlias("lesion", "production"));
        assertThat(job.pixelSpacing().orElseThrow().columnMillimetres()).isEqualTo(0.75);
        assertThat(job.slice()).contains(new SlicePosition(-12.5, 5));
        assertThat(job.deadline().orElseThrow()).hasToString("2026-11-20T20:00:00Z");
        assertThat(job.labels()).containsEntry("site", "a").hasSize(2);
        assertThat(job.image().frame()).hasValue(1);
    }

    private InvalidMessageException refused(byte[] json) {
        InvalidMessageException refused =
                catchThrowableOfType(InvalidMessageException.class, () -> codec.readJob(json));
        assertThat(refused).as(new String(json, StandardCharsets.UTF_8)).isNotNull();
        return refused;
    }

    /** A job with inline pictures of these lengths, as channels if there are several. */
    private static byte[] inline(int... lengths) {
        return Contracts.sample("image-job.v1", "minimal", tree -> {
            ObjectNode image = ((ObjectNode) tree).putObject("image");
            if (lengths.length == 1) {
                image.put("inline", base64(lengths[0]));
                return;
            }
            for (int length : lengths) {
                image.withArray("channels").addObject().put("inline", base64(length));
            }
        });
    }

    private static String base64(int length) {
        return Base64.getEncoder().encodeToString(new byte[length]);
    }

    private static Consumer<JsonNode> set(String place, String json) {
        int slash = place.lastIndexOf('/');
        JsonNode value = Contracts.tree(json.getBytes(StandardCharsets.UTF_8));
        return tree -> ((ObjectNode) tree.at(place.substring(0, slash))).set(place.substring(slash + 1), value);
    }

    private static Consumer<JsonNode> put(String object, String key, String value) {
        return tree -> ((ObjectNode) tree.at(object)).put(key, value);
    }
}
