package org.lesionstream.worker.api;

import com.fasterxml.jackson.databind.util.RawValue;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.lesionstream.schemas.message.DeadLetter;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.worker.delivery.Lane;
import org.lesionstream.worker.delivery.Position;
import org.lesionstream.worker.failure.FailureAdvice;
import org.lesionstream.worker.persist.DeadLetterDetails;
import org.lesionstream.worker.persist.DeadLetterOverview;
import org.lesionstream.worker.persist.EarlierLetter;
import org.lesionstream.worker.persist.OutcomeKind;
import org.lesionstream.worker.persist.PendingReplay;
import org.lesionstream.worker.persist.StoredLetter;
import org.lesionstream.worker.publish.TopicNames;
import org.lesionstream.worker.replay.ReplayLine;
import org.lesionstream.worker.replay.ReplayRefusal;
import org.lesionstream.worker.replay.ReplayTally;

/** How dead letters look in JSON. */
final class DeadLetterViews {
    private DeadLetterViews() {}

    /** A page of the list. */
    @Schema(name = "DeadLetterPage", description = "A page of dead letters, the newest first")
    record Page(
            List<Line> deadLetters,

            @Schema(description = "Value of the parameter after for the next page; null on the last page")
            Optional<String> next) {

        /**
         * @param found one letter more than the page shall hold, if there are more
         */
        static Page of(List<StoredLetter> found, int size, TopicNames topics) {
            List<DeadLetterOverview> page =
                    found.stream().limit(size).map(StoredLetter::overview).toList();
            return new Page(
                    page.stream().map(letter -> Line.of(letter, topics)).toList(),
                    found.size() > size
                            ? Optional.of(page.get(size - 1).cursor().toString())
                            : Optional.empty());
        }
    }

    /** A line of the list. */
    @Schema(name = "DeadLetterLine", description = "A dead letter in one line, with nothing of the job but its ids")
    record Line(
            String jobId,
            String code,
            String type,
            int attempts,

            @Schema(description = "null where the topic belongs to no lane of this worker")
            Optional<Lane> lane,

            Optional<String> caseId,
            Optional<String> reference,
            Optional<Integer> image,

            @Schema(description = "Where its message stood") Position source,

            @Schema(description = "How often it had been replayed when this letter was written")
            int replay,

            @Schema(description = "The replay that was asked for and has no outcome yet; null without one")
            Optional<PendingReplay> pending,

            Instant createdAt) {

        static Line of(DeadLetterOverview letter, TopicNames topics) {
            return new Line(
                    letter.jobId(),
                    letter.code(),
                    letter.type(),
                    letter.attempts(),
                    topics.lane(letter.source().topic()),
                    letter.caseId(),
                    letter.reference(),
                    letter.image(),
                    letter.source(),
                    letter.replay(),
                    letter.pending(),
                    letter.createdAt());
        }
    }

    /** A dead letter, or what became of it. */
    @Schema(name = "DeadLetterDetails", description = "A job that is a dead letter, or was one until a replay")
    record Details(
            String jobId,

            @Schema(description = "How the job stands now") OutcomeKind outcome,

            Instant since,

            @Schema(description = "The replay that made it so; 0 without one")
            int replay,

            @Schema(
                    description = "The dead letter as published; null once the job is segmented",
                    implementation = DeadLetter.class)
            Optional<RawValue> letter,

            @Schema(description = "What the code means and what to do; null for a code that this version does not know")
            Optional<FailureAdvice> advice,

            Optional<PendingReplay> pending,

            @Schema(description = "The dead letters that were replayed, by number of the replay")
            List<Earlier> earlier) {

        static Details of(DeadLetterDetails details) {
            return new Details(
                    details.jobId(),
                    details.outcome(),
                    details.since(),
                    details.replay(),
                    details.letter().map(letter -> new RawValue(letter.message())),
                    details.letter().flatMap(letter -> advice(letter.overview().code())),
                    details.letter().flatMap(letter -> letter.overview().pending()),
                    details.earlier().stream().map(Earlier::of).toList());
        }

        private static Optional<FailureAdvice> advice(String code) {
            return Arrays.stream(FailureCode.values())
                    .filter(known -> known.name().equals(code))
                    .findFirst()
                    .map(FailureAdvice::on);
        }
    }

    /** A dead letter that was replayed. */
    @Schema(name = "EarlierDeadLetter", description = "A dead letter that was replayed, and how")
    record Earlier(
            @Schema(description = "The number of the replay that was made of it")
            int replay,

            String code,
            Instant deadSince,
            Instant requestedAt,
            String requestedBy,

            @Schema(description = "Where the message was sent to; null until the broker has it")
            Optional<Position> published,

            Optional<String> traceparent,

            @Schema(description = "The dead letter as it was published", implementation = DeadLetter.class)
            RawValue letter) {

        static Earlier of(EarlierLetter letter) {
            return new Earlier(
                    letter.replay(),
                    letter.code(),
                    letter.deadSince(),
                    letter.requestedAt(),
                    letter.requestedBy(),
                    letter.published(),
                    letter.traceParent(),
                    new RawValue(letter.message()));
        }
    }

    /** What a replay did, or would do. */
    @Schema(name = "Replay", description = "What was replayed, or would be")
    record Replay(
            @Schema(description = "Whether nothing was sent")
            boolean dryRun,

            @Schema(description = "How many are replayed, by code of their letter")
            Map<String, Integer> replayed,

            @Schema(description = "How many are not, by reason")
            Map<ReplayRefusal, Integer> refused,

            @Schema(description = "Whether the choice holds more than the limit")
            boolean more,

            List<ReplayLine> jobs) {

        static Replay of(boolean dryRun, ReplayTally tally, boolean more, List<ReplayLine> jobs) {
            return new Replay(dryRun, tally.replayed(), tally.refused(), more, jobs);
        }
    }
}
