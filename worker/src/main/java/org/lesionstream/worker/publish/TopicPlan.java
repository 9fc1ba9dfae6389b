package org.lesionstream.worker.publish;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * What the topics shall be like, and the creation of those that are absent.
 *
 * @param partitions of each new topic: the most workers that can share a lane
 * @param replication replicas of each partition
 * @param retention how long messages are kept
 * @param maxMessageBytes longest message of each topic
 */
public record TopicPlan(TopicNames names, int partitions, short replication, Duration retention, int maxMessageBytes) {
    public TopicPlan {
        requireNonNull(names, "names");
        if (partitions < 1) {
            throw new IllegalArgumentException("partitions must be positive, was " + partitions);
        }
        if (replication < 1) {
            throw new IllegalArgumentException("replication must be positive, was " + replication);
        }
        if (retention.isZero() || retention.isNegative()) {
            throw new IllegalArgumentException("retention must be positive, was " + retention);
        }
        if (maxMessageBytes < 1) {
            throw new IllegalArgumentException("maxMessageBytes must be positive, was " + maxMessageBytes);
        }
    }

    /**
     * Creates the topics that are absent and leaves those that exist as they are, whatever their settings: a running system
     * is not changed by a worker that starts. May be called by many workers at once.
     *
     * @return the names of the topics that this call created
     * @throws KafkaException if the broker is away or refuses
     */
    public Set<String> createAbsent(Admin admin) {
        CreateTopicsResult asked = admin.createTopics(topics());
        Set<String> created = new LinkedHashSet<>();
        for (String name : names.all()) {
            try {
                asked.values().get(name).get();
                created.add(name);
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw new KafkaException("Topic " + name + " could not be created", e.getCause());
                }
            } catch (InterruptedException e) {
                throw new InterruptException(e);
            }
        }
        return created;
    }

    private List<NewTopic> topics() {
        Map<String, String> configs = Map.of(
                TopicConfig.RETENTION_MS_CONFIG, String.valueOf(retention.toMillis()),
                TopicConfig.MAX_MESSAGE_BYTES_CONFIG, String.valueOf(maxMessageBytes));
        return names.all().stream()
                .map(name -> new NewTopic(name, partitions, replication).configs(configs))
                .toList();
    }
}
