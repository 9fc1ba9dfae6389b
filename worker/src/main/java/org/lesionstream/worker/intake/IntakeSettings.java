package org.lesionstream.worker.intake;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import org.lesionstream.worker.broker.BrokerAccess;
import org.lesionstream.worker.delivery.Lane;

/**
 * What the consumer is told.
 *
 * @param broker where the broker is and how to connect
 * @param group consumer group of the fleet
 * @param groupProtocol {@code consumer} (KIP-848) or {@code classic}
 * @param lanes the job topics, each with its class of service
 */
public record IntakeSettings(
        BrokerAccess broker, String group, String groupProtocol, Map<String, Lane> lanes, IntakeLimits limits) {
    public IntakeSettings {
        requireNonNull(broker, "broker");
        requireNonNull(group, "group");
        requireNonNull(limits, "limits");
        if (!groupProtocol.equals("consumer") && !groupProtocol.equals("classic")) {
            throw new IllegalArgumentException("groupProtocol must be consumer or classic, was " + groupProtocol);
        }
        lanes = Map.copyOf(lanes);
        if (lanes.isEmpty()) {
            throw new IllegalArgumentException("lanes must name at least one topic, were empty");
        }
    }
}
