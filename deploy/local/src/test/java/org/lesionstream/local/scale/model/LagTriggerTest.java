package org.lesionstream.local.scale.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.lesionstream.local.traffic.JobLane;

class LagTriggerTest {

    private final Broker broker = new Broker(12);

    @Test
    void countsWhatIsNotAnswered() {
        publish(25, 0);
        publish(10, 1);
        broker.topic(JobLane.URGENT).get(0).take();

        assertThat(read(TriggerSettings.Lag.of(10)).value()).isEqualTo(35);
    }

    @Test
    void asksForNoMoreWorkersThanPartitions() {
        publish(5000, 0);

        assertThat(read(TriggerSettings.Lag.of(10)).replicas(1)).isEqualTo(12);
    }

    @Test
    void asksForNoMoreWorkersThanPartitionsWithLagWhereThatIsSaid() {
        publish(5000, 0);
        publish(5, 3);

        assertThat(read(TriggerSettings.Lag.of(10).limitedToPartitionsWithLag()).replicas(1))
                .isEqualTo(2);
    }

    @Test
    void isActiveAboveItsThreshold() {
        publish(100, 0);

        assertThat(read(TriggerSettings.Lag.of(10).activeAbove(100)).active()).isFalse();
        assertThat(read(TriggerSettings.Lag.of(10).activeAbove(99)).active()).isTrue();
    }

    @Test
    void leavesOutPartitionsThatStandStillWhereThatIsSaid() {
        publish(50, 0);
        publish(30, 1);
        LagTrigger trigger =
                new LagTrigger(TriggerSettings.Lag.of(10).excludingPersistentLag(), broker, JobLane.URGENT);
        assertThat(trigger.read().orElseThrow().value()).isEqualTo(80);

        Partition moving = broker.topic(JobLane.URGENT).get(1);
        moving.finish(moving.take());
        assertThat(trigger.read().orElseThrow().value()).isEqualTo(29);
        assertThat(trigger.read().orElseThrow()).isEqualTo(new Trigger.Reading(0, 10, true));
    }

    @Test
    void asksForADivisorOfThePartitionsWhereThatIsSaid() {
        publish(49, 0);

        assertThat(read(TriggerSettings.Lag.of(10).evenly()).replicas(1)).isEqualTo(6);
        publish(12, 0);
        assertThat(read(TriggerSettings.Lag.of(10).evenly()).replicas(1)).isEqualTo(12);
    }

    @Test
    void saysNothingWhileTheBrokerIsAway() {
        broker.goAway();

        assertThat(new LagTrigger(TriggerSettings.Lag.of(10), broker, JobLane.URGENT).read())
                .isEqualTo(Optional.empty());
    }

    private Trigger.Reading read(TriggerSettings.Lag settings) {
        return new LagTrigger(settings, broker, JobLane.URGENT).read().orElseThrow();
    }

    private void publish(int jobs, int partition) {
        broker.publish(Collections.nCopies(jobs, new Job(JobLane.URGENT, 0, 1)), partition);
    }
}
