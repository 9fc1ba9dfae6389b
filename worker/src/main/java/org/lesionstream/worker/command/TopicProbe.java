package org.lesionstream.worker.command;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.lesionstream.worker.broker.BrokerAccess;

/** Tells before anything is sent whether a topic is there: a producer would wait for it, and say that the broker is away. */
record TopicProbe(BrokerAccess broker) {
    private static final int TIMEOUT_MILLIS = 15_000;

    /** Why the topic cannot be used, and what to do; empty if it is there. */
    Optional<String> fault(String topic) {
        Map<String, Object> properties = broker.properties();
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
        properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
        try (Admin admin = Admin.create(properties)) {
            admin.describeTopics(List.of(topic)).allTopicNames().get();
            return Optional.empty();
        } catch (ExecutionException e) {
            return Optional.of(fault(topic, e.getCause()));
        } catch (KafkaException e) {
            return Optional.of(fault(topic, e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of(fault(topic, e));
        }
    }

    private static String fault(String topic, Throwable cause) {
        return "the broker does not know the topic " + topic + " or does not answer ("
                + cause.getClass().getSimpleName()
                + "); see that --bootstrap-servers is right; the command topics creates topics";
    }
}
