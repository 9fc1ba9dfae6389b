package org.lesionstream.worker.delivery;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import org.lesionstream.schemas.lesion.LesionStatistics;
import org.lesionstream.schemas.message.CaseTimeout;
import org.lesionstream.schemas.message.DeadLetter;
import org.lesionstream.schemas.message.ImageJob;
import org.lesionstream.schemas.message.JobExpansion;
import org.lesionstream.schemas.message.SegmentationResult;

/** How the work on one polled message ended; every message ends in exactly one of these. */
public sealed interface JobOutcome {
    Envelope envelope();

    /** Identity of the outcome's row: the job's id, or a name made from the position where no job could be read. */
    String jobId();

    /** The job; empty where none could be read, or it is none. */
    Optional<ImageJob> job();

    /** The outcome of a message that is a job, read and registered. */
    sealed interface OfJob extends JobOutcome {
        Delivery delivery();

        @Override
        default Envelope envelope() {
            return delivery().envelope();
        }

        @Override
        default String jobId() {
            return delivery().job().jobId();
        }

        @Override
        default Optional<ImageJob> job() {
            return Optional.of(delivery().job());
        }
    }

    /**
     * The image was segmented.
     *
     * @param maskPng the mask as PNG, owned by this value from here on
     * @param lesions all lesions; the result carries only the largest
     */
    @SuppressWarnings("ArrayRecordComponent") // owned as said above; nobody compares outcomes
    record Segmented(Delivery delivery, SegmentationResult result, byte[] maskPng, List<LesionStatistics> lesions)
            implements OfJob {
        public Segmented {
            requireNonNull(delivery, "delivery");
            requireNonNull(result, "result");
            requireNonNull(maskPng, "maskPng");
            lesions = List.copyOf(lesions);
        }
    }

    /**
     * The message could not be done.
     *
     * @param delivery the job, where the message could be read and registered as one
     */
    record DeadLettered(Envelope envelope, Optional<Delivery> delivery, DeadLetter letter) implements JobOutcome {
        public DeadLettered {
            requireNonNull(envelope, "envelope");
            requireNonNull(delivery, "delivery");
            requireNonNull(letter, "letter");
        }

        @Override
        public String jobId() {
            return delivery.map(known -> known.job().jobId()).orElseGet(() -> {
                Position position = envelope.position();
                return "unreadable:" + position.topic() + ":" + position.partition() + ":" + position.offset();
            });
        }

        @Override
        public Optional<ImageJob> job() {
            return delivery.map(Delivery::job);
        }
    }

    /**
     * The source holds many images: the job goes on as one job for each of them.
     *
     * @param parts the images in order, as many as the expansion says
     */
    record Expanded(Delivery delivery, JobExpansion expansion, List<ImagePart> parts) implements OfJob {
        public Expanded {
            requireNonNull(delivery, "delivery");
            parts = List.copyOf(parts);
            if (parts.size() != expansion.images()) {
                throw new IllegalArgumentException(
                        "parts must be the " + expansion.images() + " of the expansion, were " + parts.size());
            }
        }
    }

    /** Not a job: the time of a case is up, so it is closed with the images that it has. */
    record TimedOut(Envelope envelope, CaseTimeout timeout) implements JobOutcome {
        public TimedOut {
            requireNonNull(envelope, "envelope");
            requireNonNull(timeout, "timeout");
        }

        /** Identity of the closing; there is no row of an outcome. */
        @Override
        public String jobId() {
            return timeout.id();
        }

        @Override
        public Optional<ImageJob> job() {
            return Optional.empty();
        }
    }

    /** The job had an outcome already; its stored answer is published again. */
    record Repeated(Delivery delivery) implements OfJob {
        public Repeated {
            requireNonNull(delivery, "delivery");
        }
    }
}
