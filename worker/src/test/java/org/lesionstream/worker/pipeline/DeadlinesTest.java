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
import org.lesionstream.worker.delivery.Delivery;
import org.lesionstream.worker.failure.SegmentationException;
import org.lesionstream.worker.testing.SampleJob;

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

    @Test
    void saysHowMuchTimeIsLeft() {
        Deadlines deadlines = new Deadlines(InstantSource.fixed(DEADLINE.minusMillis(1500)));

        assertThat(deadlines.nanosLeft(urgent)).hasValue(1_500_000_000);
        assertThat(deadlines.nanosLeft(patient)).isEmpty();
        assertThat(deadlines.nanosLeft(job(",\"deadline\":\"9999-01-01T00:00:00Z\"")))
                .isEmpty();
        assertThat(deadlines
                        .nanosLeft(job(",\"deadline\":\"0001-01-01T00:00:00Z\""))
                        .orElseThrow())
                .isNegative();
    }

    @Test
    void findsTheJobsWhoseDeadlineHasPassedUntilTheyEnd() {
        Instant[] now = {DEADLINE.minusMillis(20)};
        Deadlines deadlines = new Deadlines(() -> now[0]);
        InFlight<ImageJob> late = inFlight(urgent);
        deadlines.watch(late);
        deadlines.watch(inFlight(patient));
        assertThat(deadlines.passed()).isEmpty();
        assertThat(deadlines.nanosToNext()).isEqualTo(20_000_000);

        now[0] = DEADLINE;
        assertThat(deadlines.passed()).containsExactly(late);
        assertThat(deadlines.nanosToNext()).isEqualTo(Long.MAX_VALUE);

        late.claim().end();
        assertThat(deadlines.passed()).isEmpty();
    }

    private static InFlight<ImageJob> inFlight(ImageJob job) {
        SampleJob sample = SampleJob.aJob(job.jobId());
        return InFlight.first(
                new Delivery(sample.envelope(), job, sample.delivery().registration()));
    }

    private static ImageJob job(String more) {
        String json =
                "{\"jobId\":\"j\",\"case\":{\"id\":\"c\",\"image\":1,\"images\":1},\"image\":{\"uri\":\"file:///x.png\"},"
                        + "\"checkpoint\":\"lesion@1\"" + more + "}";
        return new MessageCodec().readJob(json.getBytes(UTF_8));
    }
}
