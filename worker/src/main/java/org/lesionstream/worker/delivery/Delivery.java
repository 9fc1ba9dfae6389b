package org.lesionstream.worker.delivery;

import static java.util.Objects.requireNonNull;

import org.lesionstream.schemas.message.ImageJob;

/** A valid, registered job on its way through the worker, with the envelope it came in. */
public record Delivery(Envelope envelope, ImageJob job, JobRegistration registration) {
    public Delivery {
        requireNonNull(envelope, "envelope");
        requireNonNull(job, "job");
        requireNonNull(registration, "registration");
    }
}
