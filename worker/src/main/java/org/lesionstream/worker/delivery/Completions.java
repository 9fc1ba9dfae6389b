package org.lesionstream.worker.delivery;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Hands finished work back to the intake.
 *
 * <ul>
 *   <li>May be called from any thread; only queues the fact, the intake thread does the rest.
 *   <li>Idempotent: after a failed publication the same messages are handed in again for a fresh ticket.
 *   <li>The future fails only when the intake has ended.
 * </ul>
 */
public interface Completions {
    CompletableFuture<CommitTicket> complete(List<Envelope> finished);
}
