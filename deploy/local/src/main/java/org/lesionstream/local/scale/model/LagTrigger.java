package org.lesionstream.local.scale.model;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lesionstream.local.traffic.JobLane;

/**
 * Counts unanswered jobs of a lane from the offsets, as KEDA's {@code kafka} trigger does. Every look counts for {@code excludePersistentLag}, whoever
 * looks: KEDA keeps the offsets of the last one.
 */
final class LagTrigger implements Trigger {

    private final TriggerSettings.Lag settings;
    private final Broker broker;
    private final JobLane lane;
    private final Map<Partition, Long> previous = new HashMap<>();

    LagTrigger(TriggerSettings.Lag settings, Broker broker, JobLane lane) {
        this.settings = settings;
        this.broker = broker;
        this.lane = lane;
    }

    @Override
    public Optional<Reading> read() {
        if (!broker.isUp()) {
            return Optional.empty();
        }
        List<Partition> topic = broker.topic(lane);
        long counted = 0;
        long all = 0;
        int withLag = 0;
        for (Partition partition : topic) {
            long lag = isPersistent(partition) ? 0 : partition.lag();
            counted += lag;
            all += partition.lag();
            withLag += lag > 0 ? 1 : 0;
        }
        int most = settings.limitToPartitionsWithLag() ? withLag : topic.size();
        if (settings.ensureEvenDistributionOfPartitions()) {
            counted = even(counted, topic.size()) * settings.lagThreshold();
        }
        counted = Math.min(counted, (long) most * settings.lagThreshold());
        return Optional.of(new Reading(counted, settings.lagThreshold(), all > settings.activationLagThreshold()));
    }

    private boolean isPersistent(Partition partition) {
        if (!settings.excludePersistentLag()) {
            return false;
        }
        Long before = previous.put(partition, partition.finished());
        return before != null && before == partition.finished();
    }

    /** The least divisor of the number of partitions that is enough. */
    private long even(long lag, int partitions) {
        for (int divisor = 1; divisor < partitions; divisor++) {
            if (partitions % divisor == 0 && (long) divisor * settings.lagThreshold() >= lag) {
                return divisor;
            }
        }
        return partitions;
    }
}
