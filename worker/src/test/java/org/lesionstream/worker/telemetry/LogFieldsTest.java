package org.lesionstream.worker.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.jboss.logging.MDC;
import org.junit.jupiter.api.Test;
import org.lesionstream.worker.delivery.Envelope;
import org.lesionstream.worker.delivery.Lane;
import org.lesionstream.worker.delivery.Position;
import org.lesionstream.worker.testing.SampleJob;

class LogFieldsTest {
    private static final Envelope ENVELOPE = new Envelope(
            new Position("image-jobs", 3, 41),
            Lane.URGENT,
            1,
            0,
            Optional.of("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"),
            100,
            SampleJob.digest("message"));

    @Test
    void holdsTheIdsWithinTheBlockAndTakesThemBackAfterIt() {
        try (LogFields fields = LogFields.of(ENVELOPE).job("j-1")) {
            assertThat(fields).isNotNull();
            assertThat(MDC.getMap())
                    .containsEntry("topic", "image-jobs")
                    .containsEntry("partition", "3")
                    .containsEntry("offset", "41")
                    .containsEntry("jobId", "j-1")
                    .containsEntry("traceId", "0af7651916cd43dd8448eb211c80319c");
        }
        assertThat(MDC.getMap()).doesNotContainKeys("topic", "partition", "offset", "jobId", "traceId");
    }
}
