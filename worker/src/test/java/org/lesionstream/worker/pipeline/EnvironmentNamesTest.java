package org.lesionstream.worker.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class EnvironmentNamesTest {
    @Test
    void namesAMisspeltSetting() {
        assertThat(EnvironmentNames.unknown(List.of(
                        "PATH",
                        "LESIONSTREAM_BATCH_MAX_DEALY",
                        "LESIONSTREAM_BATCH_MAX_DELAY",
                        "LESIONSTREAM_KAFKA_BOOTSTRAP_SERVERS",
                        "LESIONSTREAM_TOPICS_CASE_RESULTS")))
                .containsExactly("LESIONSTREAM_BATCH_MAX_DEALY");
    }

    @Test
    void knowsTheGroupsInAGroup() {
        assertThat(EnvironmentNames.unknown(List.of(
                        "LESIONSTREAM_DECODE_S3_BUCKETS",
                        "LESIONSTREAM_DECODE_S3_BUCKET",
                        "LESIONSTREAM_SINK_S3_ACCESS_KEY",
                        "LESIONSTREAM_SINK_S3")))
                .containsExactly("LESIONSTREAM_DECODE_S3_BUCKET", "LESIONSTREAM_SINK_S3");
    }

    @Test
    void leavesVariablesOfOtherPartsAlone() {
        assertThat(EnvironmentNames.unknown(List.of("LESIONSTREAM_SHARED", "LESIONSTREAM_TRACE", "LESIONSTREAM")))
                .isEmpty();
    }
}
