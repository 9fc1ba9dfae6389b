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
    record Valid(Envelope envelope, ImageJob job) implements PolledMessage {
        public Valid {
            requireNonNull(envelope, "envelope");
            requireNonNull(job, "job");
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
