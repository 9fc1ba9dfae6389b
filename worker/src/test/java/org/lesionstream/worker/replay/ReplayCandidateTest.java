package org.lesionstream.worker.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.lesionstream.schemas.message.DeadLetter;
import org.lesionstream.schemas.message.DeadLetterSource;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.schemas.message.ImageJob;
import org.lesionstream.schemas.message.MessageCodec;
import org.lesionstream.worker.delivery.Position;
import org.lesionstream.worker.persist.DeadLetterOverview;
import org.lesionstream.worker.persist.PendingReplay;
import org.lesionstream.worker.persist.StoredLetter;
import org.lesionstream.worker.publish.TopicNames;
import org.lesionstream.worker.testing.SampleJob;

class ReplayCandidateTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final TopicNames TOPICS = new TopicNames("urgent", "backfill", "results", "cases", "dead");
    private static final String FILE = "{\"uri\":\"file:///images/1.png\"}";

    private final MessageCodec codec = new MessageCodec();

    @Test
    void writesAJobWithALocationAnewAndReadsPixelsFromTheTopic() {
        assertThat(of(FILE).way()).isEqualTo(ReplayWay.FROM_LETTER);
        assertThat(of("{\"inline\":\"AAAA\"}").way()).isEqualTo(ReplayWay.FROM_SOURCE);
        assertThat(of("{\"channels\":[" + FILE + ",{\"inline\":\"AAAA\"}]}").way())
                .isEqualTo(ReplayWay.FROM_SOURCE);
        assertThat(candidate(Optional.empty(), "urgent", Optional.empty()).way())
                .isEqualTo(ReplayWay.FROM_SOURCE);
    }

    @Test
    void refusesAJobWhoseDeadlineHasPassed() {
        assertThat(withDeadline("2026-11-20T12:00:00Z").refusal(NOW, true)).contains(ReplayRefusal.DEADLINE_PASSED);
        assertThat(withDeadline("2026-11-20T12:00:01Z").refusal(NOW, false)).isEmpty();
    }

    @Test
    void refusesWhatNoWorkerWouldRead() {
        assertThat(candidate(Optional.of(job(FILE, "")), "elsewhere", Optional.empty())
                        .refusal(NOW, false))
                .contains(ReplayRefusal.NO_JOB_TOPIC);
    }

    @Test
    void refusesALetterOfALaterVersion() {
        StoredLetter letter = letter(Optional.of(job(FILE, "")), "urgent", Optional.empty());
        StoredLetter newer =
                new StoredLetter(letter.overview(), letter.message().replace("SOURCE_NOT_FOUND", "SOURCE_ON_THE_MOON"));

        assertThat(ReplayCandidate.of(newer, codec, TOPICS).refusal(NOW, false)).contains(ReplayRefusal.NEWER_VERSION);
    }

    @Test
    void refusesWhatIsUnderWayUntilItWasAbandonedOrIsSentAgainOnPurpose() {
        Optional<ImageJob> job = Optional.of(job(FILE, ""));
        PendingReplay sent = new PendingReplay(1, NOW, true, false);
        PendingReplay beingSent = new PendingReplay(1, NOW, false, false);
        PendingReplay abandoned = new PendingReplay(1, NOW, false, true);

        assertThat(candidate(job, "urgent", Optional.of(sent)).refusal(NOW, false))
                .contains(ReplayRefusal.UNDER_WAY);
        assertThat(candidate(job, "urgent", Optional.of(beingSent)).refusal(NOW, false))
                .contains(ReplayRefusal.UNDER_WAY);
        assertThat(candidate(job, "urgent", Optional.of(abandoned)).refusal(NOW, false))
                .isEmpty();
        assertThat(candidate(job, "urgent", Optional.of(sent)).refusal(NOW, true))
                .isEmpty();
    }

    @Test
    void sendsWhatCouldNotBeReadAgainOnce() {
        PendingReplay sent = new PendingReplay(1, NOW, true, false);

        assertThat(candidate(Optional.empty(), "urgent", Optional.empty()).refusal(NOW, false))
                .isEmpty();
        assertThat(candidate(Optional.empty(), "urgent", Optional.of(sent)).refusal(NOW, true))
                .contains(ReplayRefusal.SENT_AGAIN);
    }

    private ReplayCandidate of(String image) {
        return candidate(Optional.of(job(image, "")), "urgent", Optional.empty());
    }

    private ReplayCandidate withDeadline(String deadline) {
        return candidate(Optional.of(job(FILE, ",\"deadline\":\"" + deadline + "\"")), "urgent", Optional.empty());
    }

    private ReplayCandidate candidate(Optional<ImageJob> job, String topic, Optional<PendingReplay> pending) {
        return ReplayCandidate.of(letter(job, topic, pending), codec, TOPICS);
    }

    private StoredLetter letter(Optional<ImageJob> job, String topic, Optional<PendingReplay> pending) {
        DeadLetter letter = new DeadLetter(
                job,
                new DeadLetterSource(topic, 0, 7, 10, SampleJob.digest("message")),
                FailureCode.SOURCE_NOT_FOUND,
                "fetch",
                1);
        return new StoredLetter(
                new DeadLetterOverview(
                        job.map(ImageJob::jobId).orElse("unreadable:" + topic + ":0:7"),
                        letter.code().name(),
                        letter.type().name(),
                        1,
                        job.map(known -> known.imagingCase().id()),
                        job.map(known -> known.checkpoint().toString()),
                        job.map(known -> known.imagingCase().image()),
                        new Position(topic, 0, 7),
                        0,
                        pending,
                        NOW),
                new String(codec.write(letter), UTF_8));
    }

    private ImageJob job(String image, String more) {
        return codec.readJob("""
                {"jobId":"j","case":{"id":"c","image":1,"images":1},"image":%s,"checkpoint":"lesion@production"%s}""".formatted(image, more).getBytes(UTF_8));
    }
}
