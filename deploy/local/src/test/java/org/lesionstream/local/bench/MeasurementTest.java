package org.lesionstream.local.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MeasurementTest {

    @Test
    void fitsItsJobsIntoTheTimeButNeverTooFewOrMoreThanWanted() {
        assertThat(Measurement.jobsIn(45, 0.5, 40)).isEqualTo(23);
        assertThat(Measurement.jobsIn(45, 0.1, 40)).isEqualTo(10);
        assertThat(Measurement.jobsIn(45, 100, 40)).isEqualTo(40);
    }

    @Test
    void letsUrgentJobsTrickleAndNotFlood() {
        assertThat(Measurement.urgentJobs(10)).isEqualTo(2);
        assertThat(Measurement.urgentJobs(120)).isEqualTo(20);
        assertThat(Measurement.urgentJobs(2000)).isEqualTo(100);
    }
}
