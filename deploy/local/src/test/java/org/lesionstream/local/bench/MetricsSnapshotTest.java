package org.lesionstream.local.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import org.junit.jupiter.api.Test;

class MetricsSnapshotTest {

    private static final String TEXT = """
            # HELP lesionstream_tiles_total Tiles segmented
            # TYPE lesionstream_tiles_total counter
            lesionstream_tiles_total 1200.0
            lesionstream_batches_total{reason="due"} 3.0
            lesionstream_batches_total{reason="full"} 140.0
            lesionstream_jobs_total{code="",outcome="segmented"} 90.0
            lesionstream_jobs_total{code="IMAGE_DAMAGED",outcome="dead_letter"} 1.0
            lesionstream_store_duration_seconds_sum{operation="save"} 1.25E-2
            jvm_gc_max{pool="G1 Old Gen, the {old} one"} +Inf
            """;

    private final MetricsSnapshot metrics = MetricsSnapshot.parse(TEXT);

    @Test
    void addsUpOverLabels() {
        assertThat(metrics.sum("lesionstream_tiles_total")).isEqualTo(1200);
        assertThat(metrics.sum("lesionstream_jobs_total")).isEqualTo(91);
        assertThat(metrics.sum("lesionstream_jobs")).isZero();
        assertThat(metrics.samples()).hasSize(6);
    }

    @Test
    void tellsLabelsApart() {
        assertThat(metrics.byLabel("lesionstream_batches_total", "reason"))
                .containsExactly(entry("due", 3.0), entry("full", 140.0));
        assertThat(metrics.sum("lesionstream_jobs_total", "outcome", "segmented"))
                .isEqualTo(90);
        assertThat(metrics.sum("lesionstream_jobs_total", "outcome", "repeated"))
                .isZero();
        assertThat(metrics.sum("lesionstream_store_duration_seconds_sum", "operation", "save"))
                .isEqualTo(0.0125);
    }

    @Test
    void saysWhatWasAddedAlsoToWhatWasNotThereBefore() {
        MetricsSnapshot earlier = MetricsSnapshot.parse("lesionstream_tiles_total 1000\n");

        MetricsSnapshot added = metrics.since(earlier);

        assertThat(added.sum("lesionstream_tiles_total")).isEqualTo(200);
        assertThat(added.sum("lesionstream_batches_total", "reason", "full")).isEqualTo(140);
    }
}
