package org.lesionstream.worker.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.lesionstream.schemas.message.MessageType;
import org.lesionstream.worker.delivery.Lane;

class CloudEventHeadersTest {
    private static final CloudEventHeaders FULL = new CloudEventHeaders(
            "j-1#0",
            MessageType.SEGMENTATION_RESULT.ceType(),
            "/lesionstream/worker",
            Optional.of(Instant.parse("2026-11-20T20:00:00Z")),
            Optional.of("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"));

    @Test
    void readsWhatItWrote() {
        assertThat(CloudEventHeaders.read(FULL.toKafka())).contains(FULL);
    }

    @Test
    void writesTheNamesOfTheBinaryMode() {
        Headers headers = FULL.toKafka();
        assertThat(text(headers, "ce_specversion")).isEqualTo("1.0");
        assertThat(text(headers, "ce_time")).isEqualTo("2026-11-20T20:00:00Z");
        assertThat(text(headers, "content-type")).isEqualTo("application/json");
    }

    @Test
    void leavesOutATimeThatIsNone() {
        Headers headers = FULL.toKafka().remove("ce_time").add("ce_time", "now".getBytes(StandardCharsets.UTF_8));
        assertThat(CloudEventHeaders.read(headers).orElseThrow().time()).isEmpty();
    }

    @Test
    void isEmptyWhereThereAreNone() {
        assertThat(CloudEventHeaders.read(new RecordHeaders())).isEmpty();
    }

    @Test
    void topicsAreChosenByTypeAndLane() {
        TopicNames names = new TopicNames("u", "b", "r", "c", "d");
        assertThat(names.topic(MessageType.IMAGE_JOB, Lane.URGENT)).isEqualTo("u");
        assertThat(names.topic(MessageType.IMAGE_JOB, Lane.BACKFILL)).isEqualTo("b");
        assertThat(names.topic(MessageType.SEGMENTATION_RESULT, Lane.BACKFILL)).isEqualTo("r");
        assertThat(names.topic(MessageType.CASE_RESULT, Lane.URGENT)).isEqualTo("c");
        assertThat(names.topic(MessageType.DEAD_LETTER, Lane.URGENT)).isEqualTo("d");
        assertThatThrownBy(() -> new TopicNames("u", "u", "r", "c", "d"))
                .hasMessage("topic names must be given and differ, were [u, u, r, c, d]");
    }

    private static String text(Headers headers, String name) {
        return new String(headers.lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
