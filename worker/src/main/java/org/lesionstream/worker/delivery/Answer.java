package org.lesionstream.worker.delivery;

import static java.util.Objects.requireNonNull;

import java.util.List;

/** What the store says is to be published for one polled message: its outcome, and the case result if it closed a case. */
public record Answer(Envelope envelope, List<OutgoingMessage> messages) {
    public Answer {
        requireNonNull(envelope, "envelope");
        messages = List.copyOf(messages);
    }
}
