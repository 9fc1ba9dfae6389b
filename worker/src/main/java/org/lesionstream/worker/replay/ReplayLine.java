package org.lesionstream.worker.replay;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.lesionstream.worker.delivery.Position;
import org.lesionstream.worker.persist.DeadLetterOverview;

/**
 * What is said about one dead letter: that it is replayed, or why not.
 *
 * @param code why it is a dead letter; empty where there is none of that id
 * @param way where its message comes from; empty if it is refused
 * @param replay the number of the replay; empty if it is refused
 * @param position where the message stands; empty if it is refused, or was not sent
 */
public record ReplayLine(
        String jobId,
        Optional<String> code,
        Optional<ReplayWay> way,
        Optional<Integer> replay,
        Optional<Position> position,
        Optional<ReplayRefusal> refusal) {
    public ReplayLine {
        requireNonNull(jobId, "jobId");
        requireNonNull(code, "code");
        requireNonNull(replay, "replay");
        requireNonNull(position, "position");
        if (way.isPresent() == refusal.isPresent()) {
            throw new IllegalArgumentException("exactly one of way and refusal must be given");
        }
    }

    static ReplayLine refused(String jobId, ReplayRefusal refusal) {
        return new ReplayLine(
                jobId, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(refusal));
    }

    static ReplayLine refused(DeadLetterOverview letter, ReplayRefusal refusal) {
        return new ReplayLine(
                letter.jobId(),
                Optional.of(letter.code()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(refusal));
    }

    static ReplayLine planned(DeadLetterOverview letter, ReplayWay way) {
        int number = letter.pending().map(pending -> pending.number()).orElse(letter.replay() + 1);
        return new ReplayLine(
                letter.jobId(),
                Optional.of(letter.code()),
                Optional.of(way),
                Optional.of(number),
                Optional.empty(),
                Optional.empty());
    }

    static ReplayLine sent(DeadLetterOverview letter, ReplayWay way, int replay, Position position) {
        return new ReplayLine(
                letter.jobId(),
                Optional.of(letter.code()),
                Optional.of(way),
                Optional.of(replay),
                Optional.of(position),
                Optional.empty());
    }
}
