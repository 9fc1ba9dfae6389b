package org.lesionstream.worker.publish;

import java.util.List;
import java.util.Optional;
import org.lesionstream.worker.delivery.Answer;
import org.lesionstream.worker.delivery.OffsetSnapshot;

/** Publishes answers, together with the offsets of what they answer where there are any to commit. Confined to one thread. */
@FunctionalInterface
public interface AnswerPublisher extends AutoCloseable {

    /**
     * Publishes the answers and commits the offsets, all or nothing.
     *
     * @param answers those of the ticket's messages that are still owned; with none there is nothing to do
     * @param offsets of the same ticket
     * @throws org.lesionstream.worker.failure.SegmentationException with {@code BROKER_UNAVAILABLE} if that could not be done
     *     now, be it that the broker is away or that it refused the generation; to be tried again with a fresh ticket
     */
    void publish(List<Answer> answers, Optional<OffsetSnapshot> offsets);

    @Override
    default void close() {}
}
