package org.lesionstream.local.bench;

import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Producer;
import org.lesionstream.local.sample.SamplePicture;
import org.lesionstream.local.traffic.JobLane;
import org.lesionstream.local.traffic.JobRecords;
import org.lesionstream.schemas.checkpoint.CheckpointReference;
import org.lesionstream.schemas.message.CaseImage;
import org.lesionstream.schemas.message.ImageJob;
import org.lesionstream.schemas.message.MessageCodec;

/** Publishes jobs, each a case of its own. */
public final class JobSender implements AutoCloseable {

    private final Producer<String, byte[]> producer;
    private final JobRecords records;
    private final MessageCodec codec = new MessageCodec();
    private final AtomicReference<Exception> failure = new AtomicReference<>();

    /** @param source who sends, for {@code ce_source} */
    public JobSender(URI source, String bootstrapServers, Clock clock) {
        this.producer = JobRecords.producer(bootstrapServers);
        this.records = new JobRecords(source, clock);
    }

    /**
     * Sends a job without waiting for the broker; the log hears when it was published.
     *
     * @throws IllegalStateException when the broker refused an earlier one
     */
    @SuppressWarnings("FutureReturnValueIgnored") // the callback hears of it
    public void send(String jobId, JobLane lane, SamplePicture picture, CheckpointReference checkpoint, JobLog log) {
        if (failure.get() != null) {
            throw new IllegalStateException("The broker did not take a job", failure.get());
        }
        ImageJob job = new ImageJob(
                jobId,
                new CaseImage("case-of-" + jobId, 1, 1),
                picture.source(),
                checkpoint,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of());
        log.asked(jobId, lane);
        producer.send(records.of(lane, job.imagingCase().id(), jobId, codec.write(job)), (place, refused) -> {
            if (refused == null) {
                log.sent(jobId, place.timestamp());
            } else {
                failure.compareAndSet(null, refused);
            }
        });
    }

    /** Waits until the broker has everything. */
    public void flush() {
        producer.flush();
    }

    @Override
    public void close() {
        producer.close();
    }
}
