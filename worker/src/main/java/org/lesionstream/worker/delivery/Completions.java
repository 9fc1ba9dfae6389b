package org.lesionstream.worker.delivery;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Hands finished work back to the intake, in two steps: {@link #complete} before the answers are published, {@link #published} after it.
 *
 * <ul>
 *   <li>May be called from any thread; only notes the fact, the intake does the rest on its own threads.
 *   <li>Idempotent: after a failed publication the same messages are handed in again for a fresh ticket.
 *   <li>The future fails only when the intake has ended.
 * </ul>
 */
public interface Completions {
    /** Asks for leave to publish the answers to these messages. */
    CompletableFuture<CommitTicket> complete(List<Envelope> finished);

    /** The transaction with the answers to these messages is committed, or they are not this worker's to answer any more. */
    void published(List<Envelope> answered);
}
