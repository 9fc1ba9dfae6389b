package org.lesionstream.local.scale.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.lesionstream.local.traffic.JobLane;

/** One worker on one partition must wait as the textbooks say. Times are in seconds; a tile takes one. */
class QueueTheoryTest {

    private static final Percentage CLOSE = Percentage.withPercentage(4);
    private static final double LONG = 400_000;

    private final Timeline timeline = new Timeline();
    private final Broker broker = new Broker(1);
    private final RandomGenerator dice = new SplittableRandom(7);
    private final Map<JobLane, Integer> answered = new EnumMap<>(JobLane.class);
    private final Map<JobLane, Double> latency = new EnumMap<>(JobLane.class);

    @Test
    void waitsAsAnMD1QueueDoes() {
        double load = 0.8;
        worker(new ServiceTimes(1, 1, 0, 1, 0));
        poisson(JobLane.URGENT, load, 1);
        timeline.runUntil(LONG);

        assertThat(meanWait(JobLane.URGENT, 1)).isCloseTo(load / (2 * (1 - load)), CLOSE);
    }

    @Test
    void waitsAsAnMG1QueueDoesWhereImagesHaveManyTiles() {
        double tiles = 3;
        double perSecond = 0.2;
        worker(new ServiceTimes(tiles, 1, 0, 1, 0));
        poisson(JobLane.URGENT, perSecond, tiles);
        timeline.runUntil(LONG);

        double secondMoment = tiles * (2 * tiles - 1); // of a geometric distribution from 1 on
        double theory = perSecond * secondMoment / (2 * (1 - perSecond * tiles)); // Pollaczek and Khinchine
        assertThat(meanWait(JobLane.URGENT, tiles)).isCloseTo(theory, CLOSE);
    }

    @Test
    void letsUrgentJobsWaitForOneBackfillJobAndNoMore() {
        double urgent = 0.3;
        double backfill = 0.4;
        worker(new ServiceTimes(1, 1, 0, 1, 0));
        poisson(JobLane.URGENT, urgent, 1);
        poisson(JobLane.BACKFILL, backfill, 1);
        timeline.runUntil(LONG);

        double residual = (urgent + backfill) / 2; // Cobham, for service times of one second
        assertThat(meanWait(JobLane.URGENT, 1)).isCloseTo(residual / (1 - urgent), CLOSE);
        assertThat(meanWait(JobLane.BACKFILL, 1)).isCloseTo(residual / ((1 - urgent) * (1 - urgent - backfill)), CLOSE);
    }

    @Test
    void addsWhatIsDoneBesideTheDeviceToTheLatencyAlone() {
        worker(new ServiceTimes(1, 1, 0, 1, 5));
        poisson(JobLane.URGENT, 0.8, 1);
        timeline.runUntil(LONG);

        assertThat(meanWait(JobLane.URGENT, 1)).isCloseTo(5 + 2, CLOSE);
    }

    @Test
    void fillsBatchesUnderLoad() {
        ServiceTimes times = new ServiceTimes(1, 8, 1, 0.125, 0);
        worker(times);
        for (int i = 0; i < 8000; i++) {
            broker.publish(List.of(new Job(JobLane.BACKFILL, 0, 1)), 0);
        }
        timeline.runUntil(1000);

        assertThat(times.imagesPerSecond()).isEqualTo(4);
        assertThat(answered.get(JobLane.BACKFILL)).isCloseTo(4000, within(64));
    }

    private void worker(ServiceTimes times) {
        ConsumerGroup group = new ConsumerGroup(timeline, dice, 0, broker);
        group.join(new SimulatedWorker(timeline, times, 64, broker, this::answered), Set.of(JobLane.values()));
        timeline.runUntil(0);
    }

    private void answered(Job job) {
        answered.merge(job.lane(), 1, Integer::sum);
        latency.merge(job.lane(), timeline.now() - job.wantedAt(), Double::sum);
    }

    private double meanWait(JobLane lane, double service) {
        return latency.get(lane) / answered.get(lane) - service;
    }

    private void poisson(JobLane lane, double perSecond, double tiles) {
        timeline.after(Chance.exponential(dice, perSecond), () -> {
            broker.publish(List.of(new Job(lane, timeline.now(), Chance.geometric(dice, tiles))), 0);
            poisson(lane, perSecond, tiles);
        });
    }
}
