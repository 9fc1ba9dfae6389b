package org.lesionstream.worker.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import org.jboss.logging.MDC;
import org.junit.jupiter.api.Test;
import org.lesionstream.worker.delivery.Position;

class LogFieldsTest {
    @Test
    void holdsTheIdsWithinTheBlockAndTakesThemBackAfterIt() {
        try (LogFields fields = LogFields.of(new Position("image-jobs", 3, 41)).job("j-1")) {
            assertThat(fields).isNotNull();
            assertThat(MDC.getMap())
                    .containsEntry("topic", "image-jobs")
                    .containsEntry("partition", "3")
                    .containsEntry("offset", "41")
                    .containsEntry("jobId", "j-1");
        }
        assertThat(MDC.getMap()).doesNotContainKeys("topic", "partition", "offset", "jobId");
    }
}
