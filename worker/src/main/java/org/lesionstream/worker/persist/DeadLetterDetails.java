package org.lesionstream.worker.persist;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * All about a job that is a dead letter, or was one until a replay.
 *
 * @param outcome how the job stands now
 * @param since when that was stored
 * @param replay the replay that made it so; 0 without one
 * @param letter the dead letter that it is now; empty once it is segmented
 * @param earlier the dead letters that were replayed, by number of the replay
 */
public record DeadLetterDetails(
        String jobId,
        OutcomeKind outcome,
        Instant since,
        int replay,
        Optional<StoredLetter> letter,
        List<EarlierLetter> earlier) {
    public DeadLetterDetails {
        requireNonNull(jobId, "jobId");
        requireNonNull(outcome, "outcome");
        requireNonNull(since, "since");
        requireNonNull(letter, "letter");
        earlier = List.copyOf(earlier);
    }
}
