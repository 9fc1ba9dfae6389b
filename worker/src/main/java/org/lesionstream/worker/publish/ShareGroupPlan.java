package org.lesionstream.worker.publish;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.FinalizedVersionRange;
import org.apache.kafka.common.GroupType;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.InvalidRequestException;

/**
 * What the workers' share group must be like, since the broker keeps these settings and not the worker (KIP-932, KIP-1240).
 *
 * <ul>
 *   <li>It begins with the oldest message: the broker's default, the newest, would pass over what waits.
 *   <li>Messages of transactions that were aborted are not read: nobody sent them.
 *   <li>Messages are delivered as often as a broker allows by itself: it archives a message after its last delivery, and tells nobody.
 *   <li>A lock lasts long enough for a pause of the garbage collector and two renewals that fail, and short enough for who waits for the
 *       jobs of a machine that vanished. A worker that is killed loses its locks at once, with its connection.
 * </ul>
 *
 * @param group share group of the fleet
 */
public record ShareGroupPlan(String group) {
    /** The most that a broker allows unless {@code group.share.max.delivery.count.limit} is changed there. */
    public static final int DELIVERIES = 10;

    private static final Duration LOCK = Duration.ofSeconds(30);

    private static final String FEATURE = "share.version";

    public ShareGroupPlan {
        requireNonNull(group, "group");
    }

    /**
     * Has the broker apply the plan. Where the group is like that already, it suffices to be allowed to describe it.
     *
     * @return why the broker does not, in words that say what to do; empty where it does
     * @throws KafkaException if the broker is away
     */
    public Optional<String> apply(Admin admin) {
        FinalizedVersionRange shares = BrokerAnswers.await(
                        admin.describeFeatures().featureMetadata())
                .finalizedFeatures()
                .get(FEATURE);
        if (shares == null || shares.maxVersionLevel() < 1) {
            return Optional.of("the broker has no share groups: they come with Kafka 4.2, and are switched on by"
                    + " kafka-features.sh upgrade --feature " + FEATURE + "=1");
        }
        if (isOfAnotherType(admin)) {
            return Optional.of(
                    "group " + group + " is no share group: name another one, LESIONSTREAM_KAFKA_GROUP or --group");
        }
        ConfigResource resource = new ConfigResource(ConfigResource.Type.GROUP, group);
        Map<String, String> wanted = wanted();
        try {
            if (!isApplied(admin, resource, wanted)) {
                BrokerAnswers.await(admin.incrementalAlterConfigs(Map.of(resource, alterations(wanted)))
                        .all());
            }
            return Optional.empty();
        } catch (InvalidConfigurationException | InvalidRequestException refused) {
            return Optional.of("the broker does not keep the settings of share group " + group + " ("
                    + refused.getMessage() + "): it must be Kafka 4.3 or later and allow " + wanted);
        }
    }

    private static Map<String, String> wanted() {
        return new TreeMap<>(Map.of(
                "share.auto.offset.reset", "earliest",
                "share.isolation.level", "read_committed",
                "share.delivery.count.limit", String.valueOf(DELIVERIES),
                "share.record.lock.duration.ms", String.valueOf(LOCK.toMillis()),
                "share.renew.acknowledge.enable", "true"));
    }

    private boolean isOfAnotherType(Admin admin) {
        return BrokerAnswers.await(admin.listGroups().all()).stream()
                .anyMatch(known -> known.groupId().equals(group)
                        && known.type().isPresent()
                        && known.type().get() != GroupType.SHARE);
    }

    private static boolean isApplied(Admin admin, ConfigResource resource, Map<String, String> wanted) {
        Config present = BrokerAnswers.await(
                        admin.describeConfigs(List.of(resource)).all())
                .get(resource);
        return wanted.entrySet().stream().allMatch(setting -> {
            ConfigEntry entry = present.get(setting.getKey());
            return entry != null && setting.getValue().equals(entry.value());
        });
    }

    private static List<AlterConfigOp> alterations(Map<String, String> wanted) {
        return wanted.entrySet().stream()
                .map(setting -> new AlterConfigOp(
                        new ConfigEntry(setting.getKey(), setting.getValue()), AlterConfigOp.OpType.SET))
                .toList();
    }
}
