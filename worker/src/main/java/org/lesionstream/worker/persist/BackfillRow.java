package org.lesionstream.worker.persist;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A backfill as its row says it.
 *
 * @param checkpoint reference that its jobs ask for
 * @param source kind and digest of what it reads
 * @param total entries of the source, where they were counted
 * @param silence for how long nothing was heard of it, by the database's clock
 * @param endedAt end of the latest run; empty while it runs
 */
public record BackfillRow(
        String name,
        String checkpoint,
        String source,
        BackfillState state,
        Optional<Long> total,
        BackfillCounts counts,
        Instant startedAt,
        Duration silence,
        Optional<Instant> endedAt) {
    public BackfillRow {
        requireNonNull(name, "name");
        requireNonNull(checkpoint, "checkpoint");
        requireNonNull(source, "source");
        requireNonNull(state, "state");
        requireNonNull(total, "total");
        requireNonNull(counts, "counts");
        requireNonNull(startedAt, "startedAt");
        requireNonNull(silence, "silence");
        requireNonNull(endedAt, "endedAt");
    }

    /** Whether the program that ran it is gone without having said so. */
    public boolean abandoned() {
        return state.open() && silence.compareTo(Backfills.SILENCE_LIMIT) > 0;
    }
}
