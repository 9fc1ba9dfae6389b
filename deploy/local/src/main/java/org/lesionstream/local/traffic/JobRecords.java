package org.lesionstream.local.traffic;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.lesionstream.schemas.checkpoint.Digest;
import org.lesionstream.schemas.message.ImageSource;
import org.lesionstream.schemas.message.InlineBytes;
import org.lesionstream.schemas.message.MessageType;

/** Jobs as Kafka messages the way any sender makes them: CloudEvents 1.0 headers in binary mode, the case id as key. */
public final class JobRecords {

    private final URI source;
    private final Clock clock;

    /** @param source who sends, for {@code ce_source} */
    public JobRecords(URI source, Clock clock) {
        this.source = source;
        this.clock = clock;
    }

    /** A producer that has the broker confirm every message. */
    public static Producer<String, byte[]> producer(String bootstrapServers) {
        Map<String, Object> settings = Map.of("bootstrap.servers", bootstrapServers, "acks", "all");
        return new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    }

    /** The message of a job, whose JSON is {@code value}. */
    public ProducerRecord<String, byte[]> of(JobLane lane, String caseId, String jobId, byte[] value) {
        ProducerRecord<String, byte[]> message = new ProducerRecord<>(lane.topic(), caseId, value);
        Headers headers = message.headers();
        headers.add("ce_specversion", "1.0".getBytes(UTF_8));
        headers.add("ce_id", jobId.getBytes(UTF_8));
        headers.add("ce_type", MessageType.IMAGE_JOB.ceType().getBytes(UTF_8));
        headers.add("ce_source", source.toString().getBytes(UTF_8));
        headers.add("ce_time", clock.instant().toString().getBytes(UTF_8));
        headers.add("content-type", "application/json".getBytes(UTF_8));
        return message;
    }

    /** A picture by its address, with its digest, so that the worker can tell that it got what was meant. */
    public static ImageSource atFile(Path file) throws IOException {
        return new ImageSource(
                Optional.of(file.toAbsolutePath().toUri()),
                Optional.<InlineBytes>empty(),
                List.of(),
                Optional.empty(),
                Optional.of(Digest.of(file)),
                OptionalInt.empty());
    }
}
