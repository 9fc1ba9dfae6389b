package org.lesionstream.worker.command;

import java.nio.file.Path;
import java.util.Optional;
import org.lesionstream.worker.broker.BrokerAccess;
import org.lesionstream.worker.publish.TopicNames;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where the broker is and what the topics are called; the defaults come from the environment of the worker. */
final class KafkaOptions {
    @Option(
            names = "--bootstrap-servers",
            required = true,
            paramLabel = "HOST:PORT",
            defaultValue = "${env:LESIONSTREAM_KAFKA_BOOTSTRAP_SERVERS}",
            description = "One or more brokers. Default: LESIONSTREAM_KAFKA_BOOTSTRAP_SERVERS")
    private String bootstrapServers;

    @Option(
            names = "--command-config",
            paramLabel = "FILE",
            defaultValue = "${env:LESIONSTREAM_KAFKA_CLIENT_PROPERTIES}",
            description =
                    "Properties of Kafka's clients that say how to connect: security.protocol, sasl.*, ssl.*. Default:"
                            + " LESIONSTREAM_KAFKA_CLIENT_PROPERTIES")
    private Optional<Path> clientProperties = Optional.empty();

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

    @Spec(Spec.Target.MIXEE)
    private CommandSpec mixee;

    /**
     * Where the broker is and how to connect.
     *
     * @throws ParameterException if the file of client properties cannot be used
     */
    BrokerAccess broker() {
        try {
            return BrokerAccess.read(bootstrapServers, clientProperties);
        } catch (IllegalArgumentException refused) {
            throw new ParameterException(mixee.commandLine(), "--command-config: " + refused.getMessage(), refused);
        }
    }

    TopicNames topics() {
        return new TopicNames(urgent, backfill, results, caseResults, deadLetter);
    }
}
