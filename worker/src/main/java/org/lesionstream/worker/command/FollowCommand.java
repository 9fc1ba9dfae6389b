package org.lesionstream.worker.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.lesionstream.schemas.message.InvalidMessageException;
import org.lesionstream.schemas.message.MessageCodec;
import org.lesionstream.schemas.message.MessageType;
import org.lesionstream.worker.publish.CloudEventHeaders;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The reference consumer: shows how to read the answers, and prints them.
 *
 * <ul>
 *   <li>{@code read_committed}: what an aborted transaction wrote is never seen.
 *   <li>Duplicates are told by {@code ce_id}: the same id is the same answer, however often it comes.
 *   <li>It reads all partitions by itself and belongs to no group, so watching changes nothing. A consumer that must not miss
 *       an answer would subscribe with a group and keep the last ids together with its own results.
 * </ul>
 */
@Command(
        name = "follow",
        mixinStandardHelpOptions = true,
        description = "Prints one line per segmentation result, case result and dead letter, each once.")
public final class FollowCommand implements Callable<Integer> {
    private static final Duration POLL_WAIT = Duration.ofMillis(200);
    private static final int REMEMBERED_IDS = 1_000_000;

    @Mixin
    private KafkaOptions kafka;

    @Option(names = "--from-beginning", description = "Start with the oldest answer instead of the next one.")
    private boolean fromBeginning;

    @Option(names = "--count", paramLabel = "N", description = "End after N answers.")
    private Optional<Long> count = Optional.empty();

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = DurationText.class,
            description = "End after this time. With --count that is a failure.")
    private Optional<Duration> timeout = Optional.empty();

    @Option(names = "--json", description = "Print the messages themselves, one JSON document per line.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    private final AnswerLine lines = new AnswerLine(new MessageCodec());
    private final SeenIds seen = new SeenIds(REMEMBERED_IDS);

    @Override
    public Integer call() {
        Map<String, Object> properties = kafka.broker().properties();
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        properties.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        properties.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(properties)) {
            List<TopicPartition> partitions = new ArrayList<>();
            for (String topic : kafka.topics().answers()) {
                List<PartitionInfo> found = consumer.partitionsFor(topic);
                if (found.isEmpty()) {
                    err().println("follow: there is no topic " + topic + "; the command topics creates it");
                    return ExitCode.SOFTWARE;
                }
                found.forEach(info -> partitions.add(new TopicPartition(info.topic(), info.partition())));
            }
            consumer.assign(partitions);
            if (fromBeginning) {
                consumer.seekToBeginning(partitions);
            } else {
                consumer.seekToEnd(partitions);
            }
            partitions.forEach(consumer::position); // seeking is lazy: without this the start would be the first poll
            err().printf("following %d partitions%n", partitions.size());
            err().flush();
            return follow(consumer);
        } catch (KafkaException e) {
            err().println("follow: " + e.getMessage());
            return ExitCode.SOFTWARE;
        }
    }

    private int follow(KafkaConsumer<byte[], byte[]> consumer) {
        CompletableFuture<Boolean> timeIsUp = new CompletableFuture<>();
        timeout.ifPresent(limit -> timeIsUp.completeOnTimeout(true, limit.toMillis(), TimeUnit.MILLISECONDS));
        long printed = 0;
        while (!timeIsUp.isDone()) {
            for (ConsumerRecord<byte[], byte[]> message : consumer.poll(POLL_WAIT)) {
                if (print(message) && count.isPresent() && ++printed >= count.get()) {
                    return ExitCode.OK;
                }
            }
        }
        return count.isPresent() ? ExitCode.SOFTWARE : ExitCode.OK;
    }

    /** @return whether the message is an answer that was not seen before */
    private boolean print(ConsumerRecord<byte[], byte[]> message) {
        Optional<CloudEventHeaders> headers = CloudEventHeaders.read(message.headers());
        Optional<MessageType> type = headers.flatMap(known -> MessageType.ofCeType(known.type()));
        PrintWriter out = spec.commandLine().getOut();
        String place = message.topic() + "-" + message.partition() + "@" + message.offset();
        if (type.isEmpty()) {
            err().println("not an answer that this version knows: " + place);
            err().flush();
            return false;
        }
        if (!seen.add(type.get() + " " + headers.get().id())) {
            return false;
        }
        try {
            String line = lines.of(type.get(), message.value()); // which also holds the message to its contract
            out.println(json ? compact(message.value()) : line);
            out.flush();
            return true;
        } catch (InvalidMessageException e) {
            err().println("breaks its contract: " + place + ": " + e.getMessage());
            err().flush();
            return false;
        }
    }

    private static String compact(byte[] json) {
        try {
            return new ObjectMapper().readTree(json).toString();
        } catch (IOException impossible) {
            throw new UncheckedIOException("a message that keeps its contract is JSON", impossible);
        }
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
