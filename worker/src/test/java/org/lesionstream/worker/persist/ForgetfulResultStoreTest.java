package org.lesionstream.worker.persist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lesionstream.worker.testing.SampleJob.aJob;
import static org.lesionstream.worker.testing.SampleJob.digest;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.schemas.message.MessageCodec;
import org.lesionstream.worker.delivery.Answer;
import org.lesionstream.worker.delivery.JobOutcome;
import org.lesionstream.worker.delivery.JobRegistration;

class ForgetfulResultStoreTest {

    private final ResultStore store = new ForgetfulResultStore(new MessageCodec());
    private final ResultStore remembering = new InMemoryResultStore();

    @Test
    void pinsWhatTheReferenceMeansNow() {
        assertThat(store.register(List.of(
                        new RegistrationRequest(aJob("1").job(), Optional.of(digest("now"))),
                        new RegistrationRequest(aJob("2").job(), Optional.empty()))))
                .containsExactly(
                        new JobRegistration(false, Optional.of(digest("now")), 0),
                        new JobRegistration(false, Optional.empty(), 0));
    }

    @Test
    void answersAsAStoreWouldWhileTheCaseIsOpen() {
        List<JobOutcome> outcomes = List.of(
                aJob("1").inCase("c", 1, 3).segmented(2),
                aJob("2").inCase("c", 2, 3).deadLettered(FailureCode.IMAGE_DAMAGED));

        assertThat(store.save(outcomes)).usingRecursiveComparison().isEqualTo(remembering.save(outcomes));
    }

    @Test
    void forgets() {
        JobOutcome outcome = aJob("1").inCase("c", 1, 1).segmented(1);
        store.save(List.of(outcome));

        assertThat(store.register(List.of(new RegistrationRequest(aJob("1").job(), Optional.of(digest("now")))))
                        .get(0)
                        .done())
                .isFalse();
        assertThat(store.save(List.of(aJob("1").repeated())))
                .extracting(Answer::messages)
                .containsExactly(List.of());
    }
}
