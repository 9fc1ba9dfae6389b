package org.lesionstream.worker.intake;

import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The settings of Kafka's consumers that the delivery promise rests on. */
final class ConsumerProperties {
    private ConsumerProperties() {}

    static Map<String, Object> of(IntakeSettings settings) {
        Map<String, Object> properties = common(settings);
        properties.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, settings.groupProtocol());
        // Also makes a new owner wait for offsets that are part of an open transaction.
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, settings.limits().maxPollRecords());
        if (settings.groupProtocol().equals("consumer")) {
            // A share of each lane for every worker; the default assignor may give one worker all of the urgent lane.
            properties.put(ConsumerConfig.GROUP_REMOTE_ASSIGNOR_CONFIG, "range");
        } else {
            properties.put(
                    ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000); // in the newer protocol the broker keeps it
            // Only the partitions that move are interrupted, as in the newer protocol.
            properties.put(
                    ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        }
        return properties;
    }

    /**
     * For a share consumer. Where a share group begins and what it reads of transactions is a setting of the group, which the broker keeps.
     *
     * @param most messages that are delivered at a time
     */
    static Map<String, Object> share(IntakeSettings settings, int most) {
        Map<String, Object> properties = common(settings);
        properties.put(ConsumerConfig.SHARE_ACKNOWLEDGEMENT_MODE_CONFIG, "explicit");
        // By batches a consumer is given more than it asks for, and the locks of what waits in it are not renewed.
        properties.put(ConsumerConfig.SHARE_ACQUIRE_MODE_CONFIG, "record_limit");
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, most);
        // A broker that has just started may hold an acknowledgement for long; by then the lock of the others would be
        // over.
        properties.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        // A slow job or a closed lane is no reason to leave the group; a worker that is stuck renews no locks.
        properties.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, Integer.MAX_VALUE);
        return properties;
    }

    private static Map<String, Object> common(IntakeSettings settings) {
        Map<String, Object> properties = settings.broker().properties();
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, settings.group());
        properties.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        properties.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        return properties;
    }
}
