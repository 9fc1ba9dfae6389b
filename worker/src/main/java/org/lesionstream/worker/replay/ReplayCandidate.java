package org.lesionstream.worker.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.lesionstream.schemas.message.DeadLetter;
import org.lesionstream.schemas.message.ImageJob;
import org.lesionstream.schemas.message.ImageSource;
import org.lesionstream.schemas.message.InvalidMessageException;
import org.lesionstream.schemas.message.MessageCodec;
import org.lesionstream.worker.delivery.Lane;
import org.lesionstream.worker.persist.DeadLetterOverview;
import org.lesionstream.worker.persist.PendingReplay;
import org.lesionstream.worker.persist.StoredLetter;
import org.lesionstream.worker.publish.TopicNames;

/**
 * A dead letter that may be replayed, and what can be said about that without looking at its topic.
 *
 * @param letter empty where a later version wrote it
 * @param lane by which its message came; empty where the topic belongs to no lane
 */
record ReplayCandidate(DeadLetterOverview overview, Optional<DeadLetter> letter, Optional<Lane> lane) {
    /** Scheme of the locations that stand for inline pixels in a dead letter. */
    private static final String NAMED_INFORMATION = "ni";

    static ReplayCandidate of(StoredLetter stored, MessageCodec codec, TopicNames topics) {
        return new ReplayCandidate(
                stored.overview(),
                read(stored, codec),
                topics.lane(stored.overview().source().topic()));
    }

    @SuppressWarnings(
            "UnusedException") // a code of a later version; what else it could be was checked when it was written
    private static Optional<DeadLetter> read(StoredLetter stored, MessageCodec codec) {
        try {
            return Optional.of(codec.readDeadLetter(stored.message().getBytes(UTF_8)));
        } catch (InvalidMessageException newer) {
            return Optional.empty();
        }
    }

    Optional<ImageJob> job() {
        return letter.flatMap(DeadLetter::job);
    }

    /** What speaks against it, as far as that can be told from the letter. */
    Optional<ReplayRefusal> refusal(Instant now, boolean again) {
        if (overview.pending().isPresent()) {
            Optional<ReplayRefusal> refusal = underWay(overview.pending().get(), again);
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        if (letter.isEmpty()) {
            return Optional.of(ReplayRefusal.NEWER_VERSION);
        }
        if (lane.isEmpty()) {
            return Optional.of(ReplayRefusal.NO_JOB_TOPIC);
        }
        return job().flatMap(ImageJob::deadline)
                .filter(deadline -> !deadline.isAfter(now))
                .map(passed -> ReplayRefusal.DEADLINE_PASSED);
    }

    private Optional<ReplayRefusal> underWay(PendingReplay pending, boolean again) {
        if (pending.sent() && overview.caseId().isEmpty()) {
            return Optional.of(ReplayRefusal.SENT_AGAIN);
        }
        return pending.abandoned() || (again && overview.caseId().isPresent())
                ? Optional.empty()
                : Optional.of(ReplayRefusal.UNDER_WAY);
    }

    ReplayWay way() {
        return job().filter(job -> isWhole(job.image())).isPresent() ? ReplayWay.FROM_LETTER : ReplayWay.FROM_SOURCE;
    }

    private static boolean isWhole(ImageSource image) {
        return Stream.concat(Stream.of(image), image.channels().stream())
                .flatMap(source -> source.uri().stream())
                .noneMatch(uri -> NAMED_INFORMATION.equals(uri.getScheme()));
    }
}
