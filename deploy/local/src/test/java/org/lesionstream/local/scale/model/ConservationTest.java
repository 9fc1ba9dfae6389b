package org.lesionstream.local.scale.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesionstream.local.traffic.JobLane;

/** Whatever joins, leaves and goes away: every job is answered once. */
class ConservationTest {

    private static final double DAY = 3600;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void answersEveryJobOnce(long seed) {
        SplittableRandom dice = new SplittableRandom(seed);
        Timeline timeline = new Timeline();
        Broker broker = new Broker(5);
        ConsumerGroup group = new ConsumerGroup(timeline, dice, 5, broker);
        Set<Job> answered = Collections.newSetFromMap(new IdentityHashMap<>());
        List<Job> twice = new ArrayList<>();
        SimulatedWorker.Answers answers = job -> {
            if (!answered.add(job)) {
                twice.add(job);
            }
        };
        ServiceTimes times = new ServiceTimes(4, 4, 0.1, 0.1, 0.5);
        FleetFacts facts = new FleetFacts(5, 20, 0.5, 5, 3, 64, 15); // too little time to drain, at times
        Pool pool = new Pool(
                timeline,
                facts,
                dice,
                () -> new SimulatedWorker(timeline, times, facts.maxInFlight(), broker, answers),
                group,
                Set.of(JobLane.values()));
        List<Job> sent = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            Job job = new Job(
                    dice.nextInt(3) == 0 ? JobLane.URGENT : JobLane.BACKFILL,
                    dice.nextDouble() * DAY,
                    Chance.geometric(dice, times.tilesPerImage()));
            sent.add(job);
            int partition = dice.nextInt(5);
            timeline.at(job.wantedAt(), () -> broker.publish(List.of(job), partition));
        }
        for (int i = 0; i < 60; i++) {
            int workers = dice.nextInt(6);
            timeline.at(dice.nextDouble() * DAY, () -> pool.scaleTo(workers));
        }
        timeline.at(DAY / 3, broker::goAway);
        timeline.at(DAY / 2, broker::comeBack);
        timeline.at(DAY, () -> pool.scaleTo(5));
        timeline.runUntil(3 * DAY);

        assertThat(group.takenAgain()).as("jobs that moved").isPositive();
        assertThat(twice).isEmpty();
        assertThat(new HashSet<>(sent)).isEqualTo(new HashSet<>(answered));
        for (JobLane lane : JobLane.values()) {
            assertThat(broker.lag(lane)).isZero();
            assertThat(broker.unanswered(lane)).isEmpty();
        }
    }
}
