package org.lesionstream.worker.publish;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jboss.logging.Logger;

/**
 * What the topics shall be like, and the creation of those that are absent.
 *
 * @param partitions of each new topic: the most workers that can share a lane
 * @param replication replicas of each partition
 * @param retention how long messages are kept
 * @param maxMessageBytes longest message of each topic
 */
public record TopicPlan(TopicNames names, int partitions, short replication, Duration retention, int maxMessageBytes) {
    private static final Logger LOG = Logger.getLogger(TopicPlan.class);

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
     * is not changed by a worker that starts. May be called by many workers at once. Where all are there, it suffices to be
     * allowed to describe them.
     *
     * @return the names of the topics that this call created
     * @throws KafkaException if the broker is away or refuses
     */
    public Set<String> createAbsent(Admin admin) {
        Set<String> absent = new LinkedHashSet<>(names.all());
        absent.removeAll(present(admin).keySet());
        if (absent.isEmpty()) {
            return Set.of();
        }
        Map<String, KafkaFuture<Void>> asked =
                admin.createTopics(topics(absent)).values();
        Set<String> created = new LinkedHashSet<>();
        for (String name : absent) {
            try {
                BrokerAnswers.await(asked.get(name));
                created.add(name);
            } catch (TopicExistsException e) {
                LOG.debugf("Topic %s is there already", name);
            }
        }
        return created;
    }

    /**
     * The topics of this plan as they are; those that are absent are left out.
     *
     * @throws KafkaException if the broker is away or refuses
     */
    public List<TopicState> describe(Admin admin) {
        return present(admin).values().stream()
                .map(topic -> state(admin, topic))
                .toList();
    }

    /** The topics of this plan that there are, in its order. */
    private Map<String, TopicDescription> present(Admin admin) {
        Map<String, KafkaFuture<TopicDescription>> asked =
                admin.describeTopics(names.all()).topicNameValues();
        Map<String, TopicDescription> present = new LinkedHashMap<>();
        for (String name : names.all()) {
            try {
                present.put(name, BrokerAnswers.await(asked.get(name)));
            } catch (UnknownTopicOrPartitionException e) {
                LOG.debugf("Topic %s is absent", name);
            }
        }
        return present;
    }

    private static TopicState state(Admin admin, TopicDescription topic) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic.name());
        Config config = BrokerAnswers.await(
                admin.describeConfigs(List.of(resource)).values().get(resource));
        return new TopicState(
                topic.name(),
                topic.partitions().size(),
                topic.partitions().get(0).replicas().size(),
                Duration.ofMillis(Long.parseLong(
                        config.get(TopicConfig.RETENTION_MS_CONFIG).value())),
                Integer.parseInt(
                        config.get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG).value()));
    }

    private List<NewTopic> topics(Set<String> absent) {
        Map<String, String> configs = Map.of(
                TopicConfig.RETENTION_MS_CONFIG, String.valueOf(retention.toMillis()),
                TopicConfig.MAX_MESSAGE_BYTES_CONFIG, String.valueOf(maxMessageBytes));
        return absent.stream()
                .map(name -> new NewTopic(name, partitions, replication).configs(configs))
                .toList();
    }
}
