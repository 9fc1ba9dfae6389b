package org.lesionstream.worker.telemetry;

/**
 * The figures of the Kafka clients that are shown, a few of the hundreds that a client keeps.
 *
 * <p>Only those of a client as a whole: figures by broker, topic and partition would make as many series as a cluster has
 * partitions times workers. Names are those under which Micrometer and Kafka's own exporters know them.
 */
public enum KafkaMetric {
    LAG_MAX(
            Client.CONSUMER,
            "consumer-fetch-manager-metrics",
            "records-lag-max",
            "Largest lag of a partition in the last half minute, in messages"),
    CONSUMED(
            Client.CONSUMER,
            "consumer-fetch-manager-metrics",
            "records-consumed-total",
            "Messages fetched and handed over"),
    CONSUMED_BYTES(
            Client.CONSUMER, "consumer-fetch-manager-metrics", "bytes-consumed-total", "Bytes fetched and handed over"),
    FETCH_LATENCY(
            Client.CONSUMER,
            "consumer-fetch-manager-metrics",
            "fetch-latency-avg",
            "Mean time of a fetch, in milliseconds"),
    REBALANCES(
            Client.CONSUMER,
            "consumer-coordinator-metrics",
            "rebalance-total",
            "Rebalances that the client took part in"),
    HEARTBEAT_AGE(
            Client.CONSUMER,
            "consumer-coordinator-metrics",
            "last-heartbeat-seconds-ago",
            "Seconds since the last heartbeat; -1 before the first"),
    POLL_AGE(
            Client.CONSUMER,
            "consumer-metrics",
            "last-poll-seconds-ago",
            "Seconds since the last poll; -1 before the first"),
    CONSUMER_CONNECTIONS(Client.CONSUMER, "consumer-metrics", "connection-count", "Open connections to brokers"),
    CONSUMER_REFUSED(
            Client.CONSUMER, "consumer-metrics", "failed-authentication-total", "Connections that a broker refused"),

    SENT(Client.PRODUCER, "producer-metrics", "record-send-total", "Messages sent"),
    SEND_ERRORS(Client.PRODUCER, "producer-metrics", "record-error-total", "Messages that could not be sent"),
    SEND_RETRIES(Client.PRODUCER, "producer-metrics", "record-retry-total", "Sends that were tried again"),
    REQUEST_LATENCY(
            Client.PRODUCER, "producer-metrics", "request-latency-avg", "Mean time of a request, in milliseconds"),
    COMMIT_TIME(
            Client.PRODUCER, "producer-metrics", "txn-commit-time-ns-total", "Time spent in commits, in nanoseconds"),
    PRODUCER_CONNECTIONS(Client.PRODUCER, "producer-metrics", "connection-count", "Open connections to brokers"),
    PRODUCER_REFUSED(
            Client.PRODUCER, "producer-metrics", "failed-authentication-total", "Connections that a broker refused");

    /** Whose figure it is. */
    public enum Client {
        CONSUMER,
        PRODUCER
    }

    private final Client client;
    private final String group;
    private final String figure;
    private final String description;

    KafkaMetric(Client client, String group, String figure, String description) {
        this.client = client;
        this.group = group;
        this.figure = figure;
        this.description = description;
    }

    public Client client() {
        return client;
    }

    /** Kafka's group of the figure. */
    public String group() {
        return group;
    }

    /** Kafka's name of the figure. */
    public String figure() {
        return figure;
    }

    public String description() {
        return description;
    }

    /** Whether it only grows. */
    public boolean counter() {
        return figure.endsWith("-total");
    }

    /** Name of the meter: {@code kafka.consumer.fetch.manager.records.lag.max}. */
    public String meter() {
        return "kafka." + (group + "." + figure).replace("-metrics", "").replace('-', '.');
    }
}
