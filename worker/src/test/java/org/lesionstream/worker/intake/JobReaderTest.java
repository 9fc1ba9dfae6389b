package org.lesionstream.worker.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lesionstream.schemas.checkpoint.CheckpointReference;
import org.lesionstream.schemas.checkpoint.Digest;
import org.lesionstream.schemas.message.CaseTimeout;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.schemas.message.IntensityWindow;
import org.lesionstream.schemas.message.MessageCodec;
import org.lesionstream.worker.delivery.Lane;
import org.lesionstream.worker.delivery.Position;
import org.lesionstream.worker.telemetry.JobTraces;

class JobReaderTest {
    private static final String JOB = """
            {"jobId":"j-1","case":{"id":"c-1","image":1,"images":1},
             "image":{"uri":"file:///x.png"},"checkpoint":"lesion@production"}""";
    private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    private final JobReader reader = new JobReader(new MessageCodec(), 1000, JobTraces.off());

    @Test
    void readsAJobWithItsEnvelope() {
        ConsumerRecord<byte[], byte[]> message = message(JOB);
        message.headers().add("ce_type", bytes("org.lesionstream.image-job.v1"));
        message.headers().add("traceparent", bytes(TRACE));
        PolledMessage read = reader.read(message, Lane.BACKFILL, 5, 77);
        assertThat(read).isInstanceOfSatisfying(PolledMessage.Valid.class, valid -> assertThat(
                        valid.job().jobId())
                .isEqualTo("j-1"));
        assertThat(read.envelope().position()).isEqualTo(new Position("image-jobs", 2, 9));
        assertThat(read.envelope().lane()).isEqualTo(Lane.BACKFILL);
        assertThat(read.envelope().assignment()).isEqualTo(5);
        assertThat(read.envelope().polledAtNanos()).isEqualTo(77);
        assertThat(read.envelope().traceParent()).contains(TRACE);
        assertThat(read.envelope().length()).isEqualTo(JOB.length());
        assertThat(read.envelope().digest()).isEqualTo(Digest.of(bytes(JOB)));
    }

    @Test
    void refusesWhatTheVersionOfAJobDoesNotHold() {
        String windowed = JOB.replaceFirst("\\}$", ",\"window\":{\"low\":-160,\"high\":240}}");
        ConsumerRecord<byte[], byte[]> first = message(windowed);
        first.headers().add("ce_type", bytes("org.lesionstream.image-job.v1"));
        assertRefused(first, FailureCode.SCHEMA_VIOLATION, "");

        ConsumerRecord<byte[], byte[]> second = message(windowed);
        second.headers().add("ce_type", bytes("org.lesionstream.image-job.v2"));
        for (ConsumerRecord<byte[], byte[]> message : List.of(second, message(windowed))) {
            assertThat(reader.read(message, Lane.URGENT, 5, 77))
                    .isInstanceOfSatisfying(
                            PolledMessage.Valid.class,
                            valid -> assertThat(valid.job().window()).contains(new IntensityWindow(-160, 240)));
        }
    }

    @Test
    void readsAControlRecordByItsType() {
        ConsumerRecord<byte[], byte[]> message =
                message("{\"caseId\":\"c-1\",\"reference\":\"lesion@production\",\"revision\":2}");
        message.headers().add("ce_type", bytes("org.lesionstream.case-timeout.v1"));
        assertThat(reader.read(message, Lane.URGENT, 5, 77))
                .isInstanceOfSatisfying(PolledMessage.Timeout.class, timeout -> assertThat(timeout.timeout())
                        .isEqualTo(new CaseTimeout("c-1", CheckpointReference.parse("lesion@production"), 2)));

        ConsumerRecord<byte[], byte[]> noControlRecord = message(JOB);
        noControlRecord.headers().add("ce_type", bytes("org.lesionstream.case-timeout.v1"));
        assertRefused(noControlRecord, FailureCode.SCHEMA_VIOLATION, "/caseId");
    }

    @Test
    void takesAPlainJsonTextForTheFirstVersion() {
        assertThat(reader.read(message(JOB), Lane.URGENT, 1, 0)).isInstanceOf(PolledMessage.Valid.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "org.lesionstream.image-job.v3",
                "org.lesionstream.case-result.v1",
                "com.example.other",
                "''",
            })
    void refusesATypeThatItDoesNotKnow(String type) {
        ConsumerRecord<byte[], byte[]> message = message(JOB);
        message.headers().add("ce_type", bytes(type));
        assertRefused(message, FailureCode.UNKNOWN_MESSAGE_VERSION, "ce_type");
    }

    @Test
    void refusesWithThePlaceOfTheFault() {
        assertRefused(message("{"), FailureCode.INVALID_JSON, "");
        assertRefused(message(JOB.replace("c-1", "Doe^Jane")), FailureCode.SCHEMA_VIOLATION, "/case/id");
    }

    @Test
    void refusesAnEmptyMessage() {
        assertThat(reader.read(message(null), Lane.URGENT, 1, 0))
                .isInstanceOfSatisfying(PolledMessage.Refused.class, refused -> assertThat(refused.code())
                        .isEqualTo(FailureCode.INVALID_JSON));
    }

    @Test
    void refusesATooLongMessageWithoutReadingIt() {
        assertRefused(message("x".repeat(1001)), FailureCode.MESSAGE_TOO_LARGE, "");
        assertRefused(message("x".repeat(1000)), FailureCode.INVALID_JSON, "");
    }

    @Test
    void dropsATraceContextThatIsNone() {
        ConsumerRecord<byte[], byte[]> message = message(JOB);
        message.headers().add("traceparent", bytes("Jane Doe"));
        assertThat(reader.read(message, Lane.URGENT, 1, 0).envelope().traceParent())
                .isEqualTo(Optional.empty());
    }

    @Test
    void limitsLeaveRoomForTheLedger() {
        assertThat(new IntakeLimits(64, 64, 1).mostInFlight()).isEqualTo(127);
        assertThatThrownBy(() -> new IntakeLimits(300, 101, 1))
                .hasMessage("maxInFlight + maxPollRecords must be at most 400, was 401");
    }

    private void assertRefused(ConsumerRecord<byte[], byte[]> message, FailureCode code, String where) {
        PolledMessage read = reader.read(message, Lane.URGENT, 1, 0);
        assertThat(read).isEqualTo(new PolledMessage.Refused(read.envelope(), code, where));
    }

    private static ConsumerRecord<byte[], byte[]> message(String value) {
        return new ConsumerRecord<>("image-jobs", 2, 9, bytes("c-1"), value == null ? null : bytes(value));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
