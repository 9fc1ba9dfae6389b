package org.lesionstream.worker.publish;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The settings of Kafka's producers. */
final class ProducerProperties {
    /** How long a broker waits for a worker that died within a transaction; nobody reads past it until then. */
    private static final Duration TRANSACTION_TIMEOUT = Duration.ofSeconds(10);

    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(5);
    /** Within the transaction's time: what could not be sent by then has lost its transaction anyway. */
    private static final Duration DELIVERY_TIMEOUT = Duration.ofSeconds(9);

    private ProducerProperties() {}

    static Map<String, Object> plain(PublisherSettings settings) {
        Map<String, Object> properties = settings.broker().properties();
        properties.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
        properties.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, settings.maxMessageBytes());
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, millis(REQUEST_TIMEOUT));
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, millis(DELIVERY_TIMEOUT));
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, (long) millis(DELIVERY_TIMEOUT));
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 0L);
        return properties;
    }

    static Map<String, Object> transactional(PublisherSettings settings) {
        Map<String, Object> properties = plain(settings);
        properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, settings.transactionalId());
        properties.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, millis(TRANSACTION_TIMEOUT));
        // A transaction begins when the markers of the one before are written; the client asks again after this time.
        properties.put(ProducerConfig.RETRY_BACKOFF_MS_CONFIG, 5L);
        return properties;
    }

    private static int millis(Duration duration) {
        return Math.toIntExact(duration.toMillis());
    }
}
