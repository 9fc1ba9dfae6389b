package org.lesionstream.worker.command;

import org.lesionstream.worker.publish.TopicNames;
import picocli.CommandLine.Option;

/** Where the broker is and what the topics are called; the defaults come from the environment of the worker. */
final class KafkaOptions {
    @Option(
            names = "--bootstrap-servers",
            required = true,
            paramLabel = "HOST:PORT",
            defaultValue = "${env:LESIONSTREAM_KAFKA_BOOTSTRAP_SERVERS}",
            description = "One or more brokers. Default: LESIONSTREAM_KAFKA_BOOTSTRAP_SERVERS")
    String bootstrapServers;

    @Option(
            names = "--urgent",
            paramLabel = "TOPIC",
            defaultValue = "${env:LESIONSTREAM_TOPICS_URGENT:-image-jobs}",
            description = "Topic of urgent jobs. Default: ${DEFAULT-VALUE}")
    private String urgent;

    @Option(
            names = "--backfill",
            paramLabel = "TOPIC",
            defaultValue = "${env:LESIONSTREAM_TOPICS_BACKFILL:-image-jobs-backfill}",
            description = "Topic of backfill jobs. Default: ${DEFAULT-VALUE}")
    private String backfill;

    @Option(
            names = "--results",
            paramLabel = "TOPIC",
            defaultValue = "${env:LESIONSTREAM_TOPICS_RESULTS:-segmentation-results}",
            description = "Topic of segmentation results. Default: ${DEFAULT-VALUE}")
    private String results;

    @Option(
            names = "--case-results",
            paramLabel = "TOPIC",
            defaultValue = "${env:LESIONSTREAM_TOPICS_CASE_RESULTS:-case-results}",
            description = "Topic of case results. Default: ${DEFAULT-VALUE}")
    private String caseResults;

    @Option(
            names = "--dead-letter",
            paramLabel = "TOPIC",
            defaultValue = "${env:LESIONSTREAM_TOPICS_DEAD_LETTER:-image-jobs-dead-letter}",
            description = "Topic of dead letters. Default: ${DEFAULT-VALUE}")
    private String deadLetter;

    TopicNames topics() {
        return new TopicNames(urgent, backfill, results, caseResults, deadLetter);
    }
}
