package org.lesionstream.local.torture;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.lesionstream.local.sample.SamplePicture;
import org.lesionstream.local.sample.SamplePictures;
import org.lesionstream.local.traffic.JobLane;
import org.lesionstream.local.traffic.JobRecords;
import org.lesionstream.schemas.image.PixelSpacing;
import org.lesionstream.schemas.message.ImageJob;
import org.lesionstream.schemas.message.ImageSource;
import org.lesionstream.schemas.message.MessageCodec;
import org.lesionstream.schemas.message.SlicePosition;

/**
 * Submits jobs over a connection that nothing disturbs, and writes down which messages the broker has accepted.
 *
 * <p>The broker's restarts do reach it: the producer sends again until the broker has every message once, in order.
 */
final class JobFeed implements AutoCloseable {

    private static final URI SOURCE = URI.create("urn:lesionstream:torture");
    private static final PixelSpacing SPACING = new PixelSpacing(0.5, 0.5);
    private static final double SLICE_SPACING = 2;

    private final Producer<String, byte[]> producer;
    private final JobRecords records;
    private final MessageCodec codec = new MessageCodec();
    private final SamplePictures pictures;
    private final SamplePicture truncated;
    private final Map<String, TortureJob> jobs = new HashMap<>();
    private final Map<String, Integer> accepted = new HashMap<>();
    private final Map<String, Long> firstAtMillis = new HashMap<>();

    /** @param truncated a picture that ends in the middle */
    JobFeed(String bootstrapServers, SamplePictures pictures, SamplePicture truncated, Clock clock) {
        this.producer = JobRecords.producer(bootstrapServers);
        this.records = new JobRecords(SOURCE, clock);
        this.pictures = pictures;
        this.truncated = truncated;
    }

    /** Submits the jobs and waits until the broker has them. */
    void submit(List<TortureJob> plan) throws IOException {
        Map<Future<RecordMetadata>, TortureJob> sent = new HashMap<>();
        for (TortureJob job : plan) {
            byte[] value = job.kind() == TortureJob.Kind.UNREADABLE
                    ? "{\"jobId\": ".getBytes(UTF_8)
                    : codec.write(message(job));
            sent.put(producer.send(records.of(job.lane(), job.imagingCase().id(), job.jobId(), value)), job);
        }
        for (Map.Entry<Future<RecordMetadata>, TortureJob> each : sent.entrySet()) {
            RecordMetadata place = await(each.getKey());
            String outcome = each.getValue().kind() == TortureJob.Kind.UNREADABLE
                    ? "unreadable:" + place.topic() + ":" + place.partition() + ":" + place.offset()
                    : each.getValue().jobId();
            expect(outcome, each.getValue());
            firstAtMillis.merge(outcome, place.timestamp(), Math::min);
        }
    }

    /** Each copy of a job that goes on as many sends all of those. */
    private void expect(String outcome, TortureJob job) {
        jobs.put(outcome, job);
        accepted.merge(outcome, 1, Integer::sum);
        job.children().forEach(child -> expect(child.jobId(), child));
    }

    /** What was asked, by the id of the outcome that must come of it: the job's, or the position of what is no job. */
    Map<String, TortureJob> jobs() {
        return Map.copyOf(jobs);
    }

    /** How many messages the broker has accepted for each of them. */
    Map<String, Integer> accepted() {
        return Map.copyOf(accepted);
    }

    /** How many it has accepted in all. */
    int messages() {
        return accepted.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** How long urgent jobs waited for their first answer, in milliseconds; references do not count, nothing disturbs them. */
    List<Long> urgentWaits(Publications publications) {
        Map<String, Long> answeredAtMillis = publications.firstAtMillis();
        return jobs.entrySet().stream()
                .filter(job -> job.getValue().lane() == JobLane.URGENT
                        && !job.getKey().startsWith(TortureJob.REFERENCE)
                        && firstAtMillis.containsKey(job.getKey()) // sent by us, not by a worker
                        && answeredAtMillis.containsKey(job.getKey()))
                .map(job -> answeredAtMillis.get(job.getKey()) - firstAtMillis.get(job.getKey()))
                .toList();
    }

    @Override
    public void close() {
        producer.close();
    }

    private static RecordMetadata await(Future<RecordMetadata> sent) throws IOException {
        try {
            return sent.get();
        } catch (ExecutionException failure) {
            throw new IOException("The broker did not take a job", failure.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while submitting jobs", interrupted);
        }
    }

    private ImageJob message(TortureJob job) throws IOException {
        return new ImageJob(
                job.jobId(),
                job.imagingCase(),
                source(job),
                job.checkpoint(),
                Optional.of(SPACING),
                job.slice()
                        ? Optional.of(new SlicePosition(job.imagingCase().image() * SLICE_SPACING, SLICE_SPACING))
                        : Optional.empty(),
                Optional.empty(),
                Map.of());
    }

    private ImageSource source(TortureJob job) throws IOException {
        ImageSource picture = pictures.of(job.picture()).source();
        return switch (job.kind()) {
            case INLINE ->
                ImageSource.inline(Files.readAllBytes(Path.of(picture.uri().orElseThrow())));
            case MISSING_FILE ->
                ImageSource.at(truncated.source().uri().orElseThrow().resolve("nothing-here.png"));
            case TRUNCATED_FILE -> truncated.source();
            case MANY_IMAGES -> PagedFile.of(picture);
            case GOOD, BAD_CHECKPOINT, UNREADABLE -> picture;
        };
    }
}
