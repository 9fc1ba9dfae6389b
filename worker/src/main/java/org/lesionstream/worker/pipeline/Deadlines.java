package org.lesionstream.worker.pipeline;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.schemas.message.ImageJob;
import org.lesionstream.worker.failure.SegmentationException;

/**
 * Spares the device work whose answer comes too late: a job past its deadline ends as a dead letter of type expired.
 *
 * <p>Thread-safe. Remembers the jobs in flight that have a deadline, and forgets them at the first look after they ended.
 */
final class Deadlines {
    private final InstantSource wallClock;
    private final Collection<InFlight<ImageJob>> watched = new ConcurrentLinkedQueue<>();

    Deadlines(InstantSource wallClock) {
        this.wallClock = requireNonNull(wallClock, "wallClock");
    }

    /** @throws SegmentationException with {@link FailureCode#DEADLINE_EXPIRED} if the job's deadline has passed */
    void check(ImageJob job) {
        if (nanosLeft(job).orElse(1) <= 0) {
            throw expired();
        }
    }

    static SegmentationException expired() {
        return new SegmentationException(FailureCode.DEADLINE_EXPIRED, "/deadline");
    }

    /** Nanoseconds until the job's deadline, 0 or less if it has passed; empty if there is none, or it is years away. */
    OptionalLong nanosLeft(ImageJob job) {
        return job.deadline().isEmpty()
                ? OptionalLong.empty()
                : nanosUntil(job.deadline().get());
    }

    /** Remembers a job, if it has a deadline. */
    void watch(InFlight<ImageJob> job) {
        if (job.payload().deadline().isPresent()) {
            watched.add(job);
        }
    }

    /** The jobs that have not ended and are past their deadline. */
    List<InFlight<ImageJob>> passed() {
        watched.removeIf(job -> job.claim().ended());
        List<InFlight<ImageJob>> passed = new ArrayList<>();
        for (InFlight<ImageJob> job : watched) {
            if (nanosLeft(job.payload()).orElse(1) <= 0) {
                passed.add(job);
            }
        }
        return passed;
    }

    /** Nanoseconds until the next deadline that has not passed; the largest long if there is none. */
    long nanosToNext() {
        return watched.stream()
                .flatMapToLong(job -> nanosLeft(job.payload()).stream())
                .filter(left -> left > 0)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    private OptionalLong nanosUntil(Instant deadline) {
        Instant now = wallClock.instant();
        long seconds = deadline.getEpochSecond() - now.getEpochSecond();
        return Math.abs(seconds) > 1_000_000_000L
                ? far(seconds)
                : OptionalLong.of(seconds * 1_000_000_000L + deadline.getNano() - now.getNano());
    }

    private static OptionalLong far(long seconds) {
        return seconds > 0 ? OptionalLong.empty() : OptionalLong.of(Long.MIN_VALUE / 2);
    }
}
