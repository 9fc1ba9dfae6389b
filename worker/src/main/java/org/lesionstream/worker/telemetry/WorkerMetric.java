package org.lesionstream.worker.telemetry;

import java.util.List;
import java.util.Locale;

/**
 * Every metric of the worker; dashboards and alerts are checked against this list.
 *
 * <p>Prometheus shows a counter with the ending {@code _total}, and a timer in seconds with {@code _count}, {@code _sum}
 * and {@code _max}; dots become underscores.
 */
public enum WorkerMetric {
    MESSAGES_POLLED(Kind.COUNTER, "messages", "Messages taken from Kafka", "lane"),
    MESSAGES_SKIPPED(
            Kind.COUNTER, "messages", "Messages passed over since the committed offsets say they are finished"),
    MESSAGES_REFUSED(Kind.COUNTER, "messages", "Messages that could not be read as a job", "code"),
    IN_FLIGHT(Kind.GAUGE, "messages", "Messages between poll and commit", "lane"),
    LAG(Kind.GAUGE, "messages", "Messages on the partitions of this worker that it has not taken yet", "lane"),
    LANE_PAUSED(Kind.GAUGE, "", "1 while the lane is paused because its work is full, else 0", "lane"),
    REBALANCES(Kind.COUNTER, "partitions", "Partitions assigned, revoked and lost", "event"),

    JOBS(
            Kind.COUNTER,
            "jobs",
            "Jobs ended: segmented, repeated or dead letter with its failure code",
            "outcome",
            "code"),
    JOB_DURATION(Kind.TIMER, "seconds", "Time from poll to commit", "lane"),
    RETRIES(Kind.COUNTER, "attempts", "Failed attempts that are made again", "code"),
    STAGE_DURATION(Kind.TIMER, "seconds", "Time that a stage worked on one job or batch", "stage"),
    HANDOFF_SIZE(Kind.GAUGE, "items", "Items that wait before a stage", "stage"),

    TILES(Kind.COUNTER, "tiles", "Tiles segmented"),
    BATCHES(Kind.COUNTER, "batches", "Tile batches, by what released them", "reason"),
    BATCH_SIZE(Kind.SUMMARY, "tiles", "Tiles per batch, padding not counted"),
    BATCH_PLACES(
            Kind.COUNTER, "tiles", "Places in batches, padding included; tiles divided by these is the batch fill"),
    SLOW_BATCHES(Kind.COUNTER, "batches", "Batches that took more than three times the warm-up's median of their size"),
    OUT_OF_MEMORY(Kind.COUNTER, "batches", "Batches that the device had no memory for; they ran in smaller ones"),
    BATCH_DURATION(Kind.TIMER, "seconds", "Time of one batch on the device"),
    BARE_LOOP_RATE(
            Kind.GAUGE,
            "tiles per second",
            "Tiles that the network alone segmented before the first poll; only where that was asked for"),

    ALIAS_MOVES(Kind.COUNTER, "moves", "Aliases that were seen to point to another version"),

    TRANSACTIONS(Kind.COUNTER, "transactions", "Kafka transactions: committed, aborted, fenced, recovered", "result"),
    PUBLISH_DURATION(Kind.TIMER, "seconds", "Time of one Kafka transaction with answers and offsets"),
    MESSAGES_PUBLISHED(Kind.COUNTER, "messages", "Messages published in committed transactions", "type"),
    STORE_DURATION(Kind.TIMER, "seconds", "Time of one database transaction", "operation");

    /** What a metric counts or measures. */
    public enum Kind {
        /** Only grows. */
        COUNTER,
        /** Goes up and down; read when asked. */
        GAUGE,
        /** Distribution of durations. */
        TIMER,
        /** Distribution of amounts. */
        SUMMARY
    }

    private final Kind kind;
    private final String unit;
    private final String description;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<String> tags;

    WorkerMetric(Kind kind, String unit, String description, String... tags) {
        this.kind = kind;
        this.unit = unit;
        this.description = description;
        this.tags = List.of(tags);
    }

    /** Name of the meter: {@code lesionstream.jobs}. */
    public String meter() {
        return "lesionstream." + name().toLowerCase(Locale.ROOT).replace('_', '.');
    }

    public Kind kind() {
        return kind;
    }

    /** What the number counts; empty for a plain yes or no. */
    public String unit() {
        return unit;
    }

    public String description() {
        return description;
    }

    /** Keys of the tags, in the order in which {@link WorkerMetrics} takes their values. */
    public List<String> tags() {
        return tags;
    }
}
