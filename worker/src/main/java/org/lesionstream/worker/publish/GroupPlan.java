package org.lesionstream.worker.publish;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.InvalidRequestException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.lesionstream.worker.broker.GroupKind;

/**
 * How long the group of the workers waits for one that says nothing before others get its partitions. Since KIP-848 the broker keeps this,
 * not the worker.
 *
 * @param kind of the group
 * @param group of the fleet
 * @param sessionTimeout long enough for a pause of the garbage collector, short enough for who waits for the jobs of a dead worker
 */
public record GroupPlan(GroupKind kind, String group, Duration sessionTimeout) {

    /** Heartbeats that may go missing within one session. */
    private static final int HEARTBEATS = 5;

    public GroupPlan {
        requireNonNull(kind, "kind");
        requireNonNull(group, "group");
        if (sessionTimeout.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("sessionTimeout must be at least a second, was " + sessionTimeout);
        }
    }

    /**
     * Has the broker apply the plan.
     *
     * @return why the broker does not, in words that say what to do; empty where it does
     * @throws KafkaException if the broker is away
     */
    public Optional<String> apply(Admin admin) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.GROUP, group);
        List<AlterConfigOp> settings = Stream.of(
                        new ConfigEntry(prefix() + "session.timeout.ms", String.valueOf(sessionTimeout.toMillis())),
                        new ConfigEntry(
                                prefix() + "heartbeat.interval.ms",
                                String.valueOf(
                                        sessionTimeout.dividedBy(HEARTBEATS).toMillis())))
                .map(entry -> new AlterConfigOp(entry, AlterConfigOp.OpType.SET))
                .toList();
        try {
            admin.incrementalAlterConfigs(Map.of(resource, settings)).all().get();
            return Optional.empty();
        } catch (ExecutionException e) {
            return Optional.of(refusal(e.getCause()));
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private String prefix() {
        return kind == GroupKind.SHARE_GROUP ? "share." : "consumer.";
    }

    private String refusal(Throwable cause) {
        if (cause instanceof InvalidConfigurationException) {
            return "the broker allows no session timeout of " + sessionTimeout.toSeconds() + " s for group " + group
                    + ": change its group." + prefix() + "min.session.timeout.ms and group." + prefix()
                    + "min.heartbeat.interval.ms (or the max), or name another --session-timeout";
        }
        if (cause instanceof UnsupportedVersionException || cause instanceof InvalidRequestException) {
            return "the broker keeps no settings of groups, it is older than 4.0: run the workers with"
                    + " LESIONSTREAM_KAFKA_GROUP_PROTOCOL=classic";
        }
        throw cause instanceof KafkaException failure ? failure : new KafkaException(cause);
    }
}
