package org.lesionstream.worker.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.lesionstream.schemas.message.MessageCodec;
import org.lesionstream.worker.delivery.OffsetSnapshot;
import org.lesionstream.worker.persist.ForgetfulResultStore;
import org.lesionstream.worker.persist.ResultStore;
import org.lesionstream.worker.publish.AnswerPublisher;

class HaltPointTest {

    private final List<String> happened = new ArrayList<>();
    private final AnswerPublisher publisher = (answers, offsets) -> happened.add("published");
    private final Optional<OffsetSnapshot> nothing = Optional.empty();

    @Test
    void haltsAtTheNamedPassingAndNotBefore() {
        AnswerPublisher watched = haltAt("after-publish:2").around(publisher);

        watched.publish(List.of(), nothing);
        watched.publish(List.of(), nothing);

        assertThat(happened).containsExactly("published", "published", "halted");
    }

    @Test
    void haltsBeforeWhatItStandsBefore() {
        haltAt("before-publish:1").around(publisher).publish(List.of(), nothing);

        assertThat(happened).containsExactly("halted", "published"); // only a real halt keeps it from happening
    }

    @Test
    void haltsAtOnePlaceOnly() {
        HaltPoint point = haltAt("after-persist:1");
        ResultStore store = point.around(new ForgetfulResultStore(new MessageCodec()));

        point.around(publisher).publish(List.of(), nothing);
        store.register(List.of());
        assertThat(happened).containsExactly("published");

        store.save(List.of());
        assertThat(happened).containsExactly("published", "halted");
    }

    @Test
    void refusesAPlaceThatIsNotThere() {
        assertThatThrownBy(() -> HaltPoint.parse("after-lunch:1"))
                .hasMessageContaining("must be like after-persist:3, was 'after-lunch:1'");
    }

    private HaltPoint haltAt(String text) {
        return HaltPoint.parse(text, () -> happened.add("halted"));
    }
}
