package org.lesionstream.worker.telemetry;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Every metric of the worker; {@code deploy/observability/METRICS.md}, dashboards and alerts are checked against this list.
 *
 * <p>Prometheus shows a counter with the ending {@code _total}, and a timer in seconds with {@code _count}, {@code _sum}
 * and {@code _max}; dots become underscores. Names, units and labels are a contract: they are added to, never changed.
 */
public enum WorkerMetric {
    STATE(Kind.GAUGE, "", "1 for the state that the worker is in, 0 for the others", MetricTag.STATE),
    READY(Kind.GAUGE, "", "1 while the readiness probe says yes, else 0"),
    DEPENDENCY_AVAILABLE(
            Kind.GAUGE, "", "0 while some stage waits for the dependency to come back, else 1", MetricTag.DEPENDENCY),
    STUCK_LOOPS(Kind.GAUGE, "loops", "Loops that ended or have not come back from their work for too long"),

    MESSAGES_POLLED(Kind.COUNTER, "messages", "Messages taken from Kafka", MetricTag.LANE),
    MESSAGES_SKIPPED(
            Kind.COUNTER, "messages", "Messages passed over since the committed offsets say they are finished"),
    MESSAGES_REFUSED(Kind.COUNTER, "messages", "Messages that could not be read as a job", MetricTag.CODE),
    IN_FLIGHT(Kind.GAUGE, "messages", "Messages between poll and commit", MetricTag.LANE),
    LAG(
            Kind.GAUGE,
            "messages",
            "Messages on the partitions of this worker that it has not taken yet; absent in a share group",
            MetricTag.LANE),
    LANE_PAUSED(Kind.GAUGE, "", "1 while the lane is paused because its work is full, else 0", MetricTag.LANE),
    REBALANCES(Kind.COUNTER, "partitions", "Partitions assigned, revoked and lost", MetricTag.PARTITIONS),

    JOBS(
            Kind.COUNTER,
            "jobs",
            "Jobs ended: segmented, expanded into a job for each image, repeated or dead letter with its failure code",
            MetricTag.OUTCOME,
            MetricTag.CODE_IF_ANY),
    JOB_DURATION(Kind.TIMER, "seconds", "Time from poll to commit", MetricTag.LANE),
    DEADLINES(
            Kind.COUNTER,
            "deadlines",
            "Jobs with a deadline by whether their outcome was stored before it; expired ones are missed",
            MetricTag.LANE,
            MetricTag.DEADLINE),
    RETRIES(Kind.COUNTER, "attempts", "Failed attempts that are made again", MetricTag.CODE),
    STAGE_DURATION(Kind.TIMER, "seconds", "Time that a stage worked on one job", MetricTag.STAGE),
    HANDOFF_SIZE(Kind.GAUGE, "items", "Items that wait before a stage", MetricTag.HANDOFF),

    QUEUE_DURATION(
            Kind.TIMER,
            "seconds",
            "Time that an image waited for the device, from the end of its preparation to its first tile's batch",
            MetricTag.LANE),
    IMAGES(Kind.COUNTER, "images", "Inference count: images whose tiles have all been through the network"),
    EXECUTIONS(
            Kind.COUNTER,
            "executions",
            "Execution count: runs of the network; more than batches where one was split for a failure or for memory"),
    RUN_DURATION(
            Kind.TIMER,
            "seconds",
            "Time of one run of the network by step: tiles to the device, network, outputs back",
            MetricTag.STEP),
    TILES(Kind.COUNTER, "tiles", "Tiles segmented"),
    BATCHES(Kind.COUNTER, "batches", "Tile batches, by what released them", MetricTag.RELEASE),
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

    CHECKPOINT_SERVED(
            Kind.GAUGE,
            "",
            "1 for the version that a preloaded reference means to this worker now",
            MetricTag.REFERENCE,
            MetricTag.VERSION,
            MetricTag.DIGEST),
    ALIAS_MOVES(Kind.COUNTER, "moves", "Aliases that were seen to point to another version"),
    ALIAS_REFUSALS(
            Kind.COUNTER,
            "refusals",
            "Moved aliases that this worker does not follow since it cannot load the version"),

    TRANSACTIONS(
            Kind.COUNTER,
            "transactions",
            "Kafka transactions: committed, aborted, fenced, recovered",
            MetricTag.TRANSACTION),
    PUBLISH_DURATION(Kind.TIMER, "seconds", "Time of one Kafka transaction with answers and offsets"),
    MESSAGES_PUBLISHED(Kind.COUNTER, "messages", "Messages published in committed transactions", MetricTag.ANSWER),
    STORE_DURATION(Kind.TIMER, "seconds", "Time of one database transaction", MetricTag.STATEMENT),

    SINK_CASES(
            Kind.COUNTER,
            "cases",
            "Attempts to bring the results of a closed case to the sink: written, nothing that it takes, to be made again, failed for good",
            MetricTag.SINK_RESULT),
    SINK_DURATION(Kind.TIMER, "seconds", "Time to make the results of a case and to write them to the sink"),
    SINK_DUE(Kind.GAUGE, "cases", "Closed cases of the fleet whose results are not in the sink yet"),
    SINK_OLDEST(Kind.GAUGE, "seconds", "Time since the one of them was closed that has waited longest"),
    SINK_FAILED(
            Kind.GAUGE,
            "cases",
            "Closed cases of the fleet whose results cannot be written before somebody mends the cause");

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
    private final List<MetricTag> tags;

    WorkerMetric(Kind kind, String unit, String description, MetricTag... tags) {
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

    /** The tags, in the order in which {@link WorkerMetrics} takes their words. */
    public List<MetricTag> tags() {
        return tags;
    }

    /** Whether Prometheus gets a histogram of it: what people wait for is judged by its slow share, not by its mean. */
    public boolean histogram() {
        return this == JOB_DURATION || this == QUEUE_DURATION;
    }

    /** The words of every series that there can be, tag by tag; none where a tag is open. */
    public List<List<String>> series() {
        List<List<String>> rows = List.of(List.of());
        for (MetricTag tag : tags) {
            List<List<String>> longer = new ArrayList<>();
            for (List<String> row : rows) {
                for (String word : tag.words()) {
                    List<String> more = new ArrayList<>(row);
                    more.add(word);
                    longer.add(List.copyOf(more));
                }
            }
            rows = longer;
        }
        return rows.stream().filter(this::exists).toList();
    }

    /** Only dead letters have a code, and all of them have. */
    private boolean exists(List<String> words) {
        return this != JOBS
                || words.get(0).equals("dead_letter") != words.get(1).isEmpty();
    }
}
