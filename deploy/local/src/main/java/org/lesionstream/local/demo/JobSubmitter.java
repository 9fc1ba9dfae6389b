package org.lesionstream.local.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.lesionstream.local.traffic.JobRecords;
import org.lesionstream.schemas.checkpoint.CheckpointReference;
import org.lesionstream.schemas.image.PixelSpacing;
import org.lesionstream.schemas.message.CaseImage;
import org.lesionstream.schemas.message.ImageJob;
import org.lesionstream.schemas.message.ImageSource;
import org.lesionstream.schemas.message.MessageCodec;
import org.lesionstream.schemas.message.SlicePosition;

/**
 * Puts planned jobs on Kafka: JSON by the contract, sent as {@link JobRecords} are.
 */
final class JobSubmitter {

    /** Millimetres from slice to slice of the one case that is a stack. */
    private static final double SLICE_SPACING = 2;

    private static final URI SOURCE = URI.create("urn:lesionstream:demo");

    private final String bootstrapServers;
    private final CheckpointReference checkpoint;
    private final Optional<PixelSpacing> spacing;
    private final Optional<BadPictures> badPictures;
    private final JobRecords records;
    private final MessageCodec codec = new MessageCodec();

    /**
     * @param checkpoint what the good jobs ask for
     * @param spacing of all pictures, where it is known
     * @param badPictures absent where no job is of a kind that needs one
     */
    JobSubmitter(
            String bootstrapServers,
            CheckpointReference checkpoint,
            Optional<PixelSpacing> spacing,
            Optional<BadPictures> badPictures,
            Clock clock) {
        this.bootstrapServers = bootstrapServers;
        this.checkpoint = checkpoint;
        this.spacing = spacing;
        this.badPictures = badPictures;
        this.records = new JobRecords(SOURCE, clock);
    }

    /** Sends every job and waits until the broker has them all. */
    Submission submit(List<PlannedJob> jobs) throws IOException {
        Map<PlannedJob, Future<RecordMetadata>> sent = new LinkedHashMap<>();
        try (Producer<String, byte[]> producer = JobRecords.producer(bootstrapServers)) {
            for (PlannedJob job : jobs) {
                sent.put(job, producer.send(message(job)));
            }
            return acknowledged(sent);
        }
    }

    private static Submission acknowledged(Map<PlannedJob, Future<RecordMetadata>> sent) throws IOException {
        Map<String, PlannedJob> jobs = new HashMap<>();
        Map<String, Long> times = new HashMap<>();
        for (Map.Entry<PlannedJob, Future<RecordMetadata>> entry : sent.entrySet()) {
            PlannedJob job = entry.getKey();
            try {
                RecordMetadata place = entry.getValue().get();
                String name = job.kind() == JobKind.INVALID_JSON
                        ? Submission.unreadable(place.topic(), place.partition(), place.offset())
                        : job.jobId();
                jobs.put(name, job);
                times.put(name, place.timestamp());
            } catch (ExecutionException failure) {
                throw new IOException("The broker did not take job " + job.jobId(), failure.getCause());
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IOException("Interrupted while submitting jobs", interrupted);
            }
        }
        return new Submission(jobs, times);
    }

    private ProducerRecord<String, byte[]> message(PlannedJob job) throws IOException {
        byte[] value = job.kind() == JobKind.INVALID_JSON ? "{\"jobId\": ".getBytes(UTF_8) : codec.write(imageJob(job));
        return records.of(job.lane(), job.caseId(), job.jobId(), value);
    }

    private ImageJob imageJob(PlannedJob job) throws IOException {
        CheckpointReference wanted =
                job.kind() == JobKind.UNKNOWN_CHECKPOINT ? CheckpointReference.parse("nobody@published") : checkpoint;
        return new ImageJob(
                job.jobId(),
                new CaseImage(job.caseId(), job.image(), job.images()),
                source(job),
                wanted,
                spacing,
                job.slice()
                        ? Optional.of(new SlicePosition(job.image() * SLICE_SPACING, SLICE_SPACING))
                        : Optional.empty(),
                Optional.empty(),
                Map.of("lane", job.lane().name().toLowerCase(Locale.ROOT)));
    }

    private ImageSource source(PlannedJob job) throws IOException {
        return switch (job.kind()) {
            case INLINE -> ImageSource.inline(Files.readAllBytes(job.picture().image()));
            case TRUNCATED -> JobRecords.atFile(badPictures.orElseThrow().truncated());
            case BOMB -> JobRecords.atFile(badPictures.orElseThrow().bomb());
            case FILE, UNKNOWN_CHECKPOINT, INVALID_JSON ->
                JobRecords.atFile(job.picture().image());
        };
    }
}
