package org.lesionstream.local.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lesionstream.local.traffic.JobLane;

class DepartureTest {

    @Test
    void aBacklogGoesOutAtOnceOnTheBackfillLane() {
        List<Departure> backlog = Departure.backlog(3);

        assertThat(backlog)
                .containsExactly(
                        new Departure(0, JobLane.BACKFILL, 0),
                        new Departure(0, JobLane.BACKFILL, 1),
                        new Departure(0, JobLane.BACKFILL, 2));
    }

    @Test
    void jobsAtRandomKeepTheirRateAndTakeTurnsOnTheLanes() {
        List<Departure> departures = Departure.atRandom(2000, 10, 7);

        assertThat(departures.get(1999).atMillis() / 1000.0).isCloseTo(200, within(20.0));
        assertThat(departures).isSortedAccordingTo((a, b) -> Long.compare(a.atMillis(), b.atMillis()));
        assertThat(departures.stream().filter(job -> job.lane() == JobLane.URGENT))
                .hasSize(1000);
        assertThat(departures).isEqualTo(Departure.atRandom(2000, 10, 7));
    }

    @Test
    void urgentJobsTrickleInWhileTheBacklogRuns() {
        List<Departure> departures = Departure.backlogWithTrickle(100, 20, 60);

        assertThat(departures).hasSize(120).extracting(Departure::number).doesNotHaveDuplicates();
        assertThat(departures.stream().filter(job -> job.lane() == JobLane.URGENT))
                .hasSize(20)
                .allSatisfy(job -> assertThat(job.atMillis()).isBetween(3_000L, 51_000L));
    }

    @Test
    void refusesARateThatNeverSends() {
        assertThatThrownBy(() -> Departure.atRandom(1, 0, 1)).hasMessage("perSecond must be positive, was 0.0");
    }
}
