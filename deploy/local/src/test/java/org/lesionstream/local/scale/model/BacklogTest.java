package org.lesionstream.local.scale.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class BacklogTest {

    private static final FleetFacts FACTS = FleetFacts.usual().withPartitions(6).withHeartbeats(0.5);

    /** Ten images a second. */
    private static final ServiceTimes TIMES = new ServiceTimes(1, 1, 0, 0.1, 0.05);

    private static final int JOBS = 1000;

    @Test
    void oneWorkerTakesTheJobsTimesTheirServiceTime() {
        Backlog.Outcome outcome = clear(List.of());

        assertThat(outcome.clearSeconds()).isCloseTo(JOBS * 0.1, within(0.2));
        assertThat(outcome.p95Seconds()).isCloseTo(JOBS * 0.1 * 0.95, within(0.2));
    }

    @Test
    void twoMoreDoTwoThirdsOfWhatIsLeftWhenTheyCome() {
        Backlog.Outcome outcome = clear(List.of(new Backlog.Arrival(10, 2, 20)));

        // 30 s alone, then 700 jobs at thirty a second; partitions are uneven by chance, and the last worker ends alone
        assertThat(outcome.clearSeconds()).isBetween(30 + 700 / 30.0, 30 + 700 / 30.0 * 1.4);
        assertThat(outcome.p95Seconds()).isLessThan(outcome.clearSeconds());
    }

    @Test
    void workersThatShareOneCoreAreNoFasterThanOne() {
        Backlog.Outcome outcome = Backlog.clear(
                FACTS, workers -> TIMES.faster(1.0 / workers), JOBS, 1, List.of(new Backlog.Arrival(10, 2, 20)), 1);

        assertThat(outcome.clearSeconds()).isGreaterThan(JOBS * 0.1);
    }

    @Test
    void workersThatComeTooLateChangeNothing() {
        assertThat(clear(List.of(new Backlog.Arrival(10, 2, 200))).clearSeconds())
                .isCloseTo(clear(List.of()).clearSeconds(), within(0.2));
    }

    @Test
    void isTheSameForTheSameSeed() {
        List<Backlog.Arrival> later = List.of(new Backlog.Arrival(10, 2, 20));

        assertThat(clear(later)).isEqualTo(clear(later));
    }

    @Test
    void refusesABacklogOfNothing() {
        assertThatThrownBy(() -> Backlog.clear(FACTS, workers -> TIMES, 0, 1, List.of(), 1))
                .hasMessage("jobs must be positive, was 0");
        assertThatThrownBy(() -> new Backlog.Arrival(10, 0, 1)).hasMessage("workers must be positive, was 0");
    }

    private static Backlog.Outcome clear(List<Backlog.Arrival> later) {
        return Backlog.clear(FACTS, workers -> TIMES, JOBS, 1, later, 1);
    }
}
