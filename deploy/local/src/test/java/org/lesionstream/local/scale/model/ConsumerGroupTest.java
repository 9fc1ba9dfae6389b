package org.lesionstream.local.scale.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.lesionstream.local.traffic.JobLane;

class ConsumerGroupTest {

    private static final Set<JobLane> BOTH = Set.of(JobLane.values());
    private static final int SETTLED = 60;

    private final Timeline timeline = new Timeline();
    private final Broker broker = new Broker(12);
    private final ConsumerGroup group = new ConsumerGroup(timeline, new SplittableRandom(3), 5, broker);
    private final List<Job> answered = new ArrayList<>();

    @Test
    void givesEveryMemberItsShareOfEachTopic() {
        for (int i = 0; i < 5; i++) {
            group.join(worker(), BOTH);
        }
        timeline.runUntil(SETTLED);

        for (JobLane lane : JobLane.values()) {
            assertThat(shares(lane).values()).containsExactlyInAnyOrder(3, 3, 2, 2, 2);
        }
    }

    @Test
    void givesMembersOnlyTopicsThatTheySubscribeTo() {
        SimulatedWorker both = worker();
        SimulatedWorker backfill = worker();
        group.join(both, BOTH);
        group.join(backfill, Set.of(JobLane.BACKFILL));
        timeline.runUntil(SETTLED);

        assertThat(shares(JobLane.URGENT)).containsOnly(Map.entry(both, 12));
        assertThat(shares(JobLane.BACKFILL)).containsOnly(Map.entry(both, 6), Map.entry(backfill, 6));
    }

    @Test
    void leavesMembersBeyondThePartitionsWithoutAny() {
        for (int i = 0; i < 15; i++) {
            group.join(worker(), BOTH);
        }
        timeline.runUntil(SETTLED);

        assertThat(shares(JobLane.URGENT)).hasSize(12);
    }

    @Test
    void movesWhatALeavingMemberHadAndItsOpenJobsWithIt() {
        SimulatedWorker first = worker();
        SimulatedWorker second = worker();
        group.join(first, BOTH);
        timeline.runUntil(SETTLED);
        List<Job> jobs = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            jobs.add(new Job(JobLane.URGENT, timeline.now(), 1));
        }
        broker.publish(jobs, 4);
        first.end();
        group.leave(first);
        group.join(second, BOTH);
        timeline.runUntil(SETTLED + 1000);

        assertThat(answered).containsExactlyElementsOf(jobs);
        assertThat(group.takenAgain()).isEqualTo(64);
        assertThat(shares(JobLane.URGENT)).containsOnly(Map.entry(second, 12));
    }

    @Test
    void waitsForTheBrokerBeforeAnythingMoves() {
        broker.goAway();
        group.join(worker(), BOTH);
        timeline.runUntil(SETTLED);
        assertThat(shares(JobLane.URGENT)).isEmpty();

        broker.comeBack();
        timeline.runUntil(2 * SETTLED);
        assertThat(shares(JobLane.URGENT).values()).containsExactly(12);
    }

    private SimulatedWorker worker() {
        return new SimulatedWorker(timeline, new ServiceTimes(1, 1, 0, 1, 0), 64, broker, answered::add);
    }

    private Map<SimulatedWorker, Integer> shares(JobLane lane) {
        Map<SimulatedWorker, Integer> shares = new HashMap<>();
        broker.topic(lane)
                .forEach(partition -> partition.owner().ifPresent(owner -> shares.merge(owner, 1, Integer::sum)));
        return shares;
    }
}
