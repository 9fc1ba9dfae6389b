package org.lesionstream.worker.replay;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.lesionstream.schemas.message.DeadLetter;
import org.lesionstream.schemas.message.DeadLetterSource;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.schemas.message.MessageCodec;
import org.lesionstream.worker.delivery.Position;
import org.lesionstream.worker.failure.SegmentationException;
import org.lesionstream.worker.persist.DeadLetterFilter;
import org.lesionstream.worker.persist.DeadLetterQueries;
import org.lesionstream.worker.persist.DeadLetterReplays;
import org.lesionstream.worker.persist.JobCursor;
import org.lesionstream.worker.persist.StoredLetter;
import org.lesionstream.worker.publish.JobSubmitter;
import org.lesionstream.worker.publish.SourceMessage;
import org.lesionstream.worker.publish.SourceMessages;
import org.lesionstream.worker.publish.TopicNames;

/**
 * Sends the jobs of dead letters on their way again, or says what that would do.
 *
 * <ol>
 *   <li>take the dead letters of the choice, a page at a time, newest first;
 *   <li>refuse those that cannot be done, by letter and by what their topic still holds;
 *   <li>ask the database for their replays, from which on workers take them for not done;
 *   <li>put the messages on their topic and note where they stand.
 * </ol>
 *
 * <p>May be interrupted and repeated: what was sent is under way, and what was not is given out again after a minute. Holds at most {@link
 * #MOST_BYTES} of messages, and one more. Thread-safe.
 */
public final class DeadLetterReplayer {
    private static final int PAGE = 100;
    private static final long MOST_BYTES = 16L << 20;

    private final DeadLetterQueries letters;
    private final DeadLetterReplays replays;
    private final Supplier<SourceMessages> sources;
    private final JobSubmitter submitter;
    private final MessageCodec codec;
    private final TopicNames topics;
    private final InstantSource clock;

    /** @param sources opens a reader of the topics for one call */
    public DeadLetterReplayer(
            DeadLetterQueries letters,
            DeadLetterReplays replays,
            Supplier<SourceMessages> sources,
            JobSubmitter submitter,
            MessageCodec codec,
            TopicNames topics,
            InstantSource clock) {
        this.letters = letters;
        this.replays = replays;
        this.sources = sources;
        this.submitter = submitter;
        this.codec = codec;
        this.topics = topics;
        this.clock = clock;
    }

    /** A message that is ready to be sent; without a source it is made from the letter. */
    private record Ready(ReplayCandidate candidate, Optional<SourceMessage> source) {}

    /**
     * Replays a choice.
     *
     * @param told gets a line about every dead letter of the choice, once it is decided
     * @return whether the choice holds more than the limit of the order
     * @throws SegmentationException while the database or the broker is away; what was told before stays done
     */
    public boolean replay(DeadLetterFilter choice, ReplayOrder order, Consumer<ReplayLine> told) {
        Set<String> absent = new LinkedHashSet<>(choice.ids());
        Optional<JobCursor> after = Optional.empty();
        int left = order.limit();
        try (SourceMessages topic = sources.get()) {
            while (true) {
                List<StoredLetter> page = letters.page(choice, after, Math.min(PAGE, left) + 1);
                boolean more = page.size() > Math.min(PAGE, left);
                List<StoredLetter> taken = more ? page.subList(0, page.size() - 1) : page;
                taken.forEach(letter -> absent.remove(letter.overview().jobId()));
                List<ReplayCandidate> possible = possible(taken, order, told);
                if (order.send()) {
                    send(possible, topic, order, told);
                } else {
                    preview(possible, topic, told);
                }
                left -= taken.size();
                if (!more || left == 0) {
                    explain(absent, more, told);
                    return more;
                }
                after = Optional.of(taken.get(taken.size() - 1).overview().cursor());
            }
        }
    }

    /** The letters that nothing speaks against; the others are told. */
    private List<ReplayCandidate> possible(List<StoredLetter> page, ReplayOrder order, Consumer<ReplayLine> told) {
        Instant now = clock.instant();
        List<ReplayCandidate> possible = new ArrayList<>();
        for (StoredLetter letter : page) {
            ReplayCandidate candidate = ReplayCandidate.of(letter, codec, topics);
            candidate
                    .refusal(now, order.again())
                    .ifPresentOrElse(
                            refusal -> told.accept(ReplayLine.refused(candidate.overview(), refusal)),
                            () -> possible.add(candidate));
        }
        return possible;
    }

    private static void preview(List<ReplayCandidate> possible, SourceMessages topic, Consumer<ReplayLine> told) {
        Set<Position> asked = new HashSet<>();
        possible.stream()
                .filter(candidate -> candidate.way() == ReplayWay.FROM_SOURCE)
                .forEach(candidate -> asked.add(candidate.overview().source()));
        Set<Position> kept = asked.isEmpty() ? Set.of() : topic.kept(asked);
        for (ReplayCandidate candidate : possible) {
            boolean gone = candidate.way() == ReplayWay.FROM_SOURCE
                    && !kept.contains(candidate.overview().source());
            told.accept(
                    gone
                            ? ReplayLine.refused(candidate.overview(), ReplayRefusal.SOURCE_GONE)
                            : ReplayLine.planned(candidate.overview(), candidate.way()));
        }
    }

    private void send(
            List<ReplayCandidate> possible, SourceMessages topic, ReplayOrder order, Consumer<ReplayLine> told) {
        List<Ready> ready = new ArrayList<>();
        long bytes = 0;
        for (ReplayCandidate candidate : possible) {
            if (candidate.way() == ReplayWay.FROM_LETTER) {
                ready.add(new Ready(candidate, Optional.empty()));
                continue;
            }
            Optional<SourceMessage> source = topic.read(candidate.overview().source());
            Optional<ReplayRefusal> refusal = refusal(candidate, source);
            if (refusal.isPresent()) {
                told.accept(ReplayLine.refused(candidate.overview(), refusal.get()));
                continue;
            }
            ready.add(new Ready(candidate, source));
            bytes += source.orElseThrow().length();
            if (bytes > MOST_BYTES) {
                sendNow(ready, order, told);
                ready.clear();
                bytes = 0;
            }
        }
        sendNow(ready, order, told);
    }

    /** Only the very bytes that the letter is about are sent again. */
    private static Optional<ReplayRefusal> refusal(ReplayCandidate candidate, Optional<SourceMessage> source) {
        if (source.isEmpty()) {
            return Optional.of(ReplayRefusal.SOURCE_GONE);
        }
        DeadLetterSource expected = candidate.letter().map(DeadLetter::source).orElseThrow();
        boolean same = source.get().length() == expected.length()
                && source.get().digest().equals(expected.sha256());
        return same ? Optional.empty() : Optional.of(ReplayRefusal.SOURCE_DIFFERS);
    }

    private void sendNow(List<Ready> ready, ReplayOrder order, Consumer<ReplayLine> told) {
        Map<String, Integer> given = replays.request(
                ready.stream().map(each -> each.candidate().overview().jobId()).toList(), order.by(), order.again());
        List<DeadLetterReplays.Sent> sent = new ArrayList<>();
        try {
            for (Ready each : ready) {
                told.accept(sendNow(
                        each,
                        Optional.ofNullable(
                                given.get(each.candidate().overview().jobId())),
                        sent));
            }
        } finally {
            replays.sent(sent); // also of a page that could not be sent to its end
        }
    }

    private ReplayLine sendNow(Ready ready, Optional<Integer> number, List<DeadLetterReplays.Sent> sent) {
        ReplayCandidate candidate = ready.candidate();
        if (number.isEmpty()) { // somebody else was quicker
            return ReplayLine.refused(candidate.overview(), ReplayRefusal.UNDER_WAY);
        }
        try {
            Position position = ready.source()
                    .map(submitter::repeat)
                    .orElseGet(() -> submitter.submit(
                            candidate.job().orElseThrow(), candidate.lane().orElseThrow(), Optional.empty()));
            sent.add(new DeadLetterReplays.Sent(
                    candidate.overview().jobId(),
                    number.get(),
                    position,
                    ready.source().flatMap(SourceMessage::traceParent)));
            return ReplayLine.sent(candidate.overview(), candidate.way(), number.get(), position);
        } catch (SegmentationException failure) {
            if (failure.code() != FailureCode.MESSAGE_TOO_LARGE) {
                throw failure;
            }
            return ReplayLine.refused(candidate.overview(), ReplayRefusal.TOO_LARGE);
        }
    }

    /** Says why ids of the choice were not found; of a choice that was not looked at to its end that is not known. */
    private void explain(Set<String> absent, boolean more, Consumer<ReplayLine> told) {
        if (more || absent.isEmpty()) {
            return;
        }
        Set<String> segmented = letters.segmented(absent);
        absent.forEach(id -> told.accept(
                ReplayLine.refused(id, segmented.contains(id) ? ReplayRefusal.SEGMENTED : ReplayRefusal.UNKNOWN)));
    }
}
