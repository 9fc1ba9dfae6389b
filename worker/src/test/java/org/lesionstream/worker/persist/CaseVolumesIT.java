package org.lesionstream.worker.persist;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lesionstream.schemas.checkpoint.CheckpointIdentity;
import org.lesionstream.schemas.checkpoint.CheckpointReference;
import org.lesionstream.schemas.checkpoint.Digest;
import org.lesionstream.schemas.image.LabelMask;
import org.lesionstream.schemas.image.MaskPng;
import org.lesionstream.schemas.image.PixelSpacing;
import org.lesionstream.schemas.lesion.LesionRules;
import org.lesionstream.schemas.lesion.VolumeLesion;
import org.lesionstream.schemas.message.CaseImage;
import org.lesionstream.schemas.message.CaseResult;
import org.lesionstream.schemas.message.CaseTimeout;
import org.lesionstream.schemas.message.CaseVolume;
import org.lesionstream.schemas.message.ClassTotals;
import org.lesionstream.schemas.message.ImageIdentity;
import org.lesionstream.schemas.message.ImageJob;
import org.lesionstream.schemas.message.ImageSource;
import org.lesionstream.schemas.message.MaskReference;
import org.lesionstream.schemas.message.MessageCodec;
import org.lesionstream.schemas.message.MessageType;
import org.lesionstream.schemas.message.SegmentationResult;
import org.lesionstream.schemas.message.SlicePosition;
import org.lesionstream.schemas.message.VolumeRefusal;
import org.lesionstream.worker.delivery.Answer;
import org.lesionstream.worker.delivery.Delivery;
import org.lesionstream.worker.delivery.Envelope;
import org.lesionstream.worker.delivery.JobOutcome;
import org.lesionstream.worker.delivery.JobRegistration;
import org.lesionstream.worker.delivery.Lane;
import org.lesionstream.worker.delivery.Position;
import org.lesionstream.worker.testing.TestDatabase;

/** Volumes of closed cases, from masks in a real PostgreSQL. */
class CaseVolumesIT {
    private static final CheckpointReference REFERENCE = CheckpointReference.parse("organ@3");
    private static final CheckpointIdentity CHECKPOINT =
            new CheckpointIdentity("organ", 3, Digest.of("organ".getBytes(UTF_8)));
    private static final Optional<PixelSpacing> PIXELS = Optional.of(new PixelSpacing(0.5, 0.25));

    private static TestDatabase database;

    private final MessageCodec codec = new MessageCodec();
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
        store = new PostgresResultStore(database.source(), codec);
    }

    @Test
    void joinsLesionsOverTheSlicesAndKeepsThem() throws SQLException {
        List<Answer> answers = new ArrayList<>();
        for (int image : List.of(3, 1, 2)) {
            answers.addAll(store.save(List.of(slice(image, 3, image - 1, "1..", ".1.", "..2"))));
        }

        CaseResult result = caseResult(answers);
        CaseVolume volume = result.volume().orElseThrow();
        assertThat(result.noVolume()).isEmpty();
        assertThat(volume.sliceSpacingMillimetres()).isEqualTo(2);
        assertThat(volume.voxelCubicMillimetres()).contains(2 * 0.5 * 0.25);
        assertThat(volume.lesions()).extracting(VolumeLesion::label).containsExactly(1, 2);
        assertThat(volume.lesions()).extracting(VolumeLesion::voxels).containsExactly(6L, 3L);
        assertThat(volume.totals().get(0).volumeCubicMillimetres().orElseThrow())
                .isCloseTo(1.5, within(1e-12));
        assertThat(volume.totals()).extracting("name").containsExactly("lesion", "organ");
        assertThat(number("SELECT sum(voxels) FROM volume_lesion WHERE revision = 1"))
                .isEqualTo(9);
        assertThat(number("SELECT count(*) FROM case_result WHERE volume_pending"))
                .isZero();
    }

    @Test
    void leavesAGapWhereASliceIsMissing() throws SQLException {
        store.save(List.of(slice(1, 3, 0, "1.."), slice(3, 3, 2, "1..")));
        Answer closed = store.save(
                        List.of(new JobOutcome.TimedOut(envelope(9), new CaseTimeout("stack", REFERENCE, 1))))
                .get(0);

        CaseVolume volume = caseResult(List.of(closed)).volume().orElseThrow();
        assertThat(volume.lesions()).extracting(VolumeLesion::minSlice).containsExactly(0, 2);
    }

    /** As after a crash between the closing and the measuring: whoever is asked for the same answer next measures. */
    @Test
    void measuresLaterWhatACrashLeftPending() throws SQLException {
        store.save(List.of(slice(1, 2, 0, "1..")));
        List<Answer> answers = store.save(List.of(slice(2, 2, 1, "11.")));
        execute("UPDATE case_result SET volume_pending = true, message = (message::jsonb - 'volume')::json");
        execute("DELETE FROM volume_lesion");

        List<Answer> again = store.save(List.of(new JobOutcome.Repeated(delivery(2, 2, 1))));

        assertThat(caseResult(again)).isEqualTo(caseResult(answers));
        assertThat(number("SELECT count(*) FROM volume_lesion")).isEqualTo(1);
    }

    @Test
    void saysWhyThereIsNoVolume() throws SQLException {
        store.save(List.of(slice(1, 2, 0, "1..")));
        CaseResult result = caseResult(store.save(List.of(slice(2, 2, 7, "1.."))));

        assertThat(result.volume()).isEmpty();
        assertThat(result.noVolume()).contains(VolumeRefusal.POSITIONS_DISAGREE);
        assertThat(result.lesionCount()).as("images are measured all the same").isEqualTo(2);
    }

    @Test
    void saysThatMasksWereDroppedBeforeTheyWereMeasured() throws SQLException {
        store.save(List.of(slice(1, 2, 0, "1..")));
        execute("DELETE FROM mask");

        assertThat(caseResult(store.save(List.of(slice(2, 2, 1, "1..")))).noVolume())
                .contains(VolumeRefusal.MASKS_UNAVAILABLE);
    }

    /** Image of the case {@code stack}, two millimetres from slice to slice. */
    private static JobOutcome.Segmented slice(int image, int images, double place, String... rows) {
        byte[] labels = new byte[rows.length * rows[0].length()];
        for (int i = 0; i < labels.length; i++) {
            char at = rows[i / rows[0].length()].charAt(i % rows[0].length());
            labels[i] = (byte) (at == '.' ? 0 : at - '0');
        }
        byte[] png = MaskPng.encode(new LabelMask(rows.length, rows[0].length(), labels), 2);
        Delivery delivery = delivery(image, images, place);
        String jobId = delivery.job().jobId();
        return new JobOutcome.Segmented(
                delivery,
                new SegmentationResult(
                        jobId,
                        delivery.job().imagingCase(),
                        CHECKPOINT,
                        "fp32",
                        "pytorch-2.0.1 cpu",
                        new ImageIdentity(rows[0].length(), rows.length, Digest.of(jobId.getBytes(UTF_8))),
                        new MaskReference("png", Digest.of(png), "/api/jobs/" + jobId + "/mask.png"),
                        List.of(
                                new ClassTotals(1, "lesion", 1, 1, Optional.empty(), 0.1, Optional.empty()),
                                new ClassTotals(2, "organ", 0, 0, Optional.empty(), 0, Optional.empty())),
                        List.of(),
                        1,
                        Map.of(),
                        1,
                        PIXELS,
                        Optional.of(LesionRules.ALL)),
                png,
                List.of());
    }

    private static Delivery delivery(int image, int images, double place) {
        ImageJob job = new ImageJob(
                "stack-" + image,
                new CaseImage("stack", image, images),
                ImageSource.at(URI.create("file:///images/" + image + ".png")),
                REFERENCE,
                PIXELS,
                Optional.of(new SlicePosition(place * 2, 2)),
                Optional.empty(),
                Map.of());
        return new Delivery(envelope(image), job, new JobRegistration(false, Optional.of(CHECKPOINT.digest()), 0));
    }

    private static Envelope envelope(long offset) {
        return new Envelope(
                new Position("image-jobs", 0, offset), Lane.URGENT, 1, 0, Optional.empty(), 10, Digest.of(new byte[0]));
    }

    private CaseResult caseResult(List<Answer> answers) {
        return answers.stream()
                .flatMap(answer -> answer.messages().stream())
                .filter(message -> message.type() == MessageType.CASE_RESULT)
                .map(message -> codec.readCaseResult(message.value()))
                .reduce((first, second) -> {
                    throw new AssertionError("two case results");
                })
                .orElseThrow();
    }

    private static long number(String query) throws SQLException {
        try (Connection connection = database.source().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static void execute(String... statements) throws SQLException {
        try (Connection connection = database.source().getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : Stream.of(statements).toList()) {
                statement.execute(sql);
            }
        }
    }
}
