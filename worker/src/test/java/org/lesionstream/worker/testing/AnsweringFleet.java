package org.lesionstream.worker.testing;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.schemas.message.ImageJob;
import org.lesionstream.schemas.message.MessageCodec;
import org.lesionstream.worker.delivery.JobOutcome;
import org.lesionstream.worker.persist.PostgresResultStore;

/** Workers without pictures: each job of the backfill lane gets an outcome when the test says so; {@code bad} in its location makes a dead letter. */
public final class AnsweringFleet {
    private final KafkaTopics topics;
    private final PostgresResultStore store;
    private final MessageCodec codec = new MessageCodec();
    private final Set<String> answered = new HashSet<>();

    public AnsweringFleet(KafkaTopics topics, TestDatabase database) {
        this.topics = topics;
        this.store = new PostgresResultStore(database.source(), codec);
    }

    /** All jobs that ever came, repetitions included. */
    public List<ImageJob> jobs() {
        return topics.committed(topics.names().backfill()).stream()
                .map(message -> codec.readJob(message.value()))
                .toList();
    }

    /** Answers what is there. */
    public void answer() {
        answer(jobs());
    }

    /** Takes what is there, lets the broker go away, and answers then. */
    public void answerAfter(Runnable brokerGoes) {
        List<ImageJob> taken = jobs();
        brokerGoes.run();
        answer(taken);
    }

    private void answer(List<ImageJob> jobs) {
        for (ImageJob job : jobs) {
            if (answered.add(job.jobId())) {
                store.save(List.of(outcome(job)));
            }
        }
    }

    private static JobOutcome outcome(ImageJob job) {
        SampleJob sample = SampleJob.aJob(job.jobId())
                .inCase(
                        job.imagingCase().id(),
                        job.imagingCase().image(),
                        job.imagingCase().images())
                .by(job.checkpoint().toString());
        return job.image().uri().orElseThrow().getPath().contains("bad")
                ? sample.deadLettered(FailureCode.IMAGE_DAMAGED)
                : sample.segmented(1);
    }
}
