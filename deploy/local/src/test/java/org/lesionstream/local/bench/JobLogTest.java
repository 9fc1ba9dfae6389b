package org.lesionstream.local.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.lesionstream.local.traffic.JobLane;

class JobLogTest {

    @Test
    void tellsHowFastAStretchOfTheJobsWasAnswered() {
        JobLog log = SampleRun.log(10); // sent from 1000 ms, answered at 1100 to 1108 and 3000 ms

        assertThat(log.rate(0, 0.1)).isEqualTo(10);
        assertThat(log.rate(0.9, 1)).isCloseTo(1000.0 / 1892, within(1e-9));
        assertThat(log.rate(0.1, 0.9)).isEqualTo(1000);
    }

    @Test
    void measuresFromTheJobToItsFirstAnswer() {
        JobLog log = new JobLog();
        log.asked("j-1", JobLane.URGENT);
        log.sent("j-1", 1000);
        log.take(SampleRun.result("j-1"), 1250);
        log.take(SampleRun.result("j-1"), 9000);

        assertThat(log.answers()).containsExactly(new JobLog.Answered(JobLane.URGENT, 250, 1250));
    }

    @Test
    void passesOverAnswersToOtherJobs() {
        JobLog log = new JobLog();
        log.asked("j-1", JobLane.BACKFILL);
        log.take(SampleRun.result("j-of-another-load"), 1250);

        assertThat(log.answered()).isZero();
    }

    @Test
    void saysByWhatTheAnswersWereMade() {
        assertThat(SampleRun.log(1).madeBy()).contains("fp32 on none");
        assertThat(SampleRun.log(0).madeBy()).isEmpty();
    }

    @Test
    void keepsTheLanesApart() {
        JobLog log = SampleRun.log(10);

        assertThat(log.latencies(JobLane.URGENT).count()).isEqualTo(5);
        assertThat(log.latencies(JobLane.URGENT).at(100)).isEqualTo(100);
        assertThat(log.latencies(JobLane.BACKFILL).at(100)).isEqualTo(1991);
        assertThat(log.firstSentAtMillis()).isEqualTo(1000);
    }
}
