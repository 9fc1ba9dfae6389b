package org.lesionstream.worker.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.schemas.message.ImageJob;
import org.lesionstream.schemas.message.MessageCodec;
import org.lesionstream.worker.failure.SegmentationException;

class DeadlinesTest {
    private static final Instant DEADLINE = Instant.parse("2026-01-01T12:00:00Z");

    private final ImageJob urgent = job(",\"deadline\":\"2026-01-01T12:00:00Z\"");
    private final ImageJob patient = job("");

    @Test
    void letsAJobPassBeforeItsDeadlineAndOneWithoutAlways() {
        Deadlines deadlines = new Deadlines(InstantSource.fixed(DEADLINE.minusMillis(1)));

        deadlines.check(urgent);
        deadlines.check(patient);
        assertThat(urgent.deadline()).isEqualTo(Optional.of(DEADLINE));
    }

    @Test
    void refusesAJobFromItsDeadlineOn() {
        Deadlines deadlines = new Deadlines(InstantSource.fixed(DEADLINE));

        deadlines.check(patient);
        SegmentationException refusal =
                Assertions.catchThrowableOfType(SegmentationException.class, () -> deadlines.check(urgent));
        assertThat(refusal.code()).isEqualTo(FailureCode.DEADLINE_EXPIRED);
    }

    private static ImageJob job(String more) {
        String json =
                "{\"jobId\":\"j\",\"case\":{\"id\":\"c\",\"image\":1,\"images\":1},\"image\":{\"uri\":\"file:///x.png\"},"
                        + "\"checkpoint\":\"lesion@1\"" + more + "}";
        return new MessageCodec().readJob(json.getBytes(UTF_8));
    }
}
