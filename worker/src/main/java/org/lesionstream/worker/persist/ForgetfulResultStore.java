package org.lesionstream.worker.persist;

import java.util.List;
import java.util.stream.Stream;
import org.lesionstream.schemas.message.MessageCodec;
import org.lesionstream.worker.delivery.Answer;
import org.lesionstream.worker.delivery.JobOutcome;
import org.lesionstream.worker.delivery.JobRegistration;
import org.lesionstream.worker.delivery.OutgoingMessage;

/**
 * Answers like a store and keeps nothing: what is left of a worker when storing costs nothing. For measurements only.
 *
 * <p>No job was done before, the checkpoint of a job is what its reference means now, and no case is ever complete, so there
 * are no case results. The answers themselves are made, since somebody must write them whatever keeps them.
 */
public final class ForgetfulResultStore implements ResultStore {

    private final MessageCodec codec;

    public ForgetfulResultStore(MessageCodec codec) {
        this.codec = codec;
    }

    @Override
    public List<JobRegistration> register(List<RegistrationRequest> requests) {
        return requests.stream()
                .map(request -> new JobRegistration(false, request.currentDigest(), 0))
                .toList();
    }

    @Override
    public List<Answer> save(List<JobOutcome> outcomes) {
        Batch batch = Batch.of(outcomes, codec);
        return outcomes.stream()
                .map(outcome -> new Answer(
                        outcome.envelope(),
                        Stream.ofNullable(batch.rows().get(outcome.jobId()))
                                .flatMap(this::messages)
                                .toList()))
                .toList();
    }

    private Stream<OutgoingMessage> messages(OutcomeRow row) {
        return Stream.concat(
                Stream.of(row.message()),
                row.expanded().stream()
                        .flatMap(found -> Messages.children(found.delivery().job(), found.parts(), codec).stream()));
    }
}
