package org.lesionstream.worker.intake;

import static java.util.Objects.requireNonNull;

import org.lesionstream.schemas.message.CaseTimeout;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.schemas.message.ImageJob;
import org.lesionstream.worker.delivery.Envelope;

/** A message of a job topic: a valid job, a control record, or the reason why it is neither. */
public sealed interface PolledMessage {
    Envelope envelope();

    /** A job that keeps the contract. */
    sealed interface OfJob extends PolledMessage {
        ImageJob job();
    }

    /** A job that shall be done. */
    record Valid(Envelope envelope, ImageJob job) implements OfJob {
        public Valid {
            requireNonNull(envelope, "envelope");
            requireNonNull(job, "job");
        }
    }

    /**
     * A job that the broker delivers for the last time: every worker that had it before ended, or lost it, without an answer. It must be
     * answered before anything is done that could end this worker, too.
     *
     * @param deliveries how often it was delivered, this time included
     */
    record Exhausted(Envelope envelope, ImageJob job, int deliveries) implements OfJob {
        public Exhausted {
            requireNonNull(envelope, "envelope");
            requireNonNull(job, "job");
            if (deliveries < 2) {
                throw new IllegalArgumentException("deliveries must be at least 2, were " + deliveries);
            }
        }
    }

    /** A control record: the time of a case is up. */
    record Timeout(Envelope envelope, CaseTimeout timeout) implements PolledMessage {
        public Timeout {
            requireNonNull(envelope, "envelope");
            requireNonNull(timeout, "timeout");
        }
    }

    /**
     * Neither.
     *
     * @param where JSON pointer of the fault, or the name of the header at fault
     */
    record Refused(Envelope envelope, FailureCode code, String where) implements PolledMessage {
        public Refused {
            requireNonNull(envelope, "envelope");
            requireNonNull(code, "code");
            requireNonNull(where, "where");
        }
    }
}
