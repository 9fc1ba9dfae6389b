package org.lesionstream.worker.intake;

import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.worker.delivery.CommitTicket;
import org.lesionstream.worker.delivery.Envelope;
import org.lesionstream.worker.failure.SegmentationException;

/**
 * Brings finished work from any thread to the intake thread, and the tickets back.
 *
 * <ul>
 *   <li>Requests are answered in their order. One that the asker has cancelled is dropped unanswered.
 *   <li>Bounded: askers wait for their answer before they ask again, so more than a few requests mean that the intake does
 *       not answer. Beyond {@value #CAPACITY} a request fails at once.
 *   <li>After {@link #close} every request that waits or comes fails; none is left without an end.
 * </ul>
 */
final class CompletionQueue {
    private static final int CAPACITY = 256;

    private record Request(List<Envelope> finished, CompletableFuture<CommitTicket> ticket) {}

    private final BlockingQueue<Request> requests = new ArrayBlockingQueue<>(CAPACITY);
    private volatile boolean closed;

    CompletableFuture<CommitTicket> add(List<Envelope> finished) {
        Request request = new Request(List.copyOf(finished), new CompletableFuture<>());
        if (!requests.offer(request)) {
            request.ticket().completeExceptionally(ended());
        }
        if (closed) {
            failAll(); // close() may have emptied the queue before this request came
        }
        return request.ticket();
    }

    boolean isEmpty() {
        return requests.isEmpty();
    }

    /** Answers what waits at this moment; on the intake thread. */
    void answer(Function<List<Envelope>, CommitTicket> answer) {
        for (int waiting = requests.size(); waiting > 0; waiting--) {
            Request request = requests.remove();
            if (!request.ticket().isDone()) {
                request.ticket().complete(answer.apply(request.finished()));
            }
        }
    }

    void close() {
        closed = true;
        failAll();
    }

    private void failAll() {
        for (Request request = requests.poll(); request != null; request = requests.poll()) {
            request.ticket().completeExceptionally(ended());
        }
    }

    private static SegmentationException ended() {
        return new SegmentationException(FailureCode.INTERNAL_ERROR, "intake");
    }
}
