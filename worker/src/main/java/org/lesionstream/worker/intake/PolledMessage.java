package org.lesionstream.worker.intake;

import static java.util.Objects.requireNonNull;

import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.schemas.message.ImageJob;
import org.lesionstream.worker.delivery.Envelope;

/** A message of a job topic: a valid job, or the reason why it is none. Either way it must end in an answer. */
public sealed interface PolledMessage {
    Envelope envelope();

    /** A job that keeps the contract. */
    record Valid(Envelope envelope, ImageJob job) implements PolledMessage {
        public Valid {
            requireNonNull(envelope, "envelope");
            requireNonNull(job, "job");
        }
    }

    /**
     * Not a job.
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
