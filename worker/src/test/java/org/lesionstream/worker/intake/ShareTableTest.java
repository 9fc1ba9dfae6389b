package org.lesionstream.worker.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.lesionstream.worker.delivery.Lane;
import org.lesionstream.worker.delivery.Position;

class ShareTableTest {
    private static final Duration NOW = Duration.ZERO;

    private final ShareTable table = new ShareTable(() -> 0);

    @Test
    void handsOutWhatWasDeliveredOnce() throws InterruptedException {
        table.lay(List.of(message(1), message(2)));

        assertThat(table.take(NOW)).extracting(ConsumerRecord::offset).containsExactly(1L, 2L);
        assertThat(table.take(NOW)).isEmpty();
    }

    @Test
    void doesNotHandOutAgainWhatIsBeingWorkedOn() throws InterruptedException {
        table.lay(List.of(message(1)));
        table.take(NOW);
        table.lay(List.of(message(1), message(2)));

        assertThat(table.take(NOW)).extracting(ConsumerRecord::offset).containsExactly(2L);
    }

    @Test
    void handsOutAgainWhatWasAnsweredBefore() throws InterruptedException {
        table.lay(List.of(message(1)));
        table.take(NOW);
        table.answered(Set.of(position(1)));
        table.lay(List.of(message(1)));

        assertThat(table.take(NOW)).extracting(ConsumerRecord::offset).containsExactly(1L);
    }

    @Test
    void tellsEveryHandThatHoldsIt() throws InterruptedException {
        table.lay(List.of(message(1), message(2)));
        table.lay(List.of(message(1))); // delivered again, to another hand
        table.answered(Set.of(position(1)));

        assertThat(table.awaitAnswered(Set.of(position(1), position(2)), Long.MAX_VALUE))
                .containsExactly(position(1));
        assertThat(table.awaitAnswered(Set.of(position(1)), Long.MAX_VALUE)).containsExactly(position(1));
    }

    @Test
    void waitsForAnswersNoLongerThanItIsTold() throws InterruptedException {
        table.lay(List.of(message(1)));

        assertThat(table.awaitAnswered(Set.of(position(1)), 0)).isEmpty();
    }

    @Test
    void letsHandsBeginWhileTheirLaneIsOpenAndNeverAgainOnceItDrains() throws InterruptedException {
        table.open(EnumSet.of(Lane.URGENT));
        assertThat(table.awaitOpen(Lane.URGENT)).isTrue();

        table.drain();
        assertThat(table.awaitOpen(Lane.URGENT)).isFalse();
        assertThat(table.awaitOpen(Lane.BACKFILL)).isFalse();
        assertThat(table.closed()).isFalse();
    }

    @Test
    void tellsTheIntakeThatAHandHasFailed() {
        table.failed(new AssertionError("first"));
        table.failed(new AssertionError("second"));

        assertThatThrownBy(() -> table.take(NOW))
                .isInstanceOf(IllegalStateException.class)
                .hasRootCauseMessage("first");
    }

    private static ConsumerRecord<byte[], byte[]> message(long offset) {
        return new ConsumerRecord<>("jobs", 0, offset, new byte[0], new byte[0]);
    }

    private static Position position(long offset) {
        return new Position("jobs", 0, offset);
    }
}
