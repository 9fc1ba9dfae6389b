package org.lesionstream.worker.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lesionstream.worker.delivery.Lane;

class MicroBatcherTest {

    private static final long DELAY = Duration.ofMillis(5).toNanos();

    private final MicroBatcher<String, String> batcher =
            new MicroBatcher<>(new BatchLimits(4, Duration.ofNanos(DELAY), 8));

    @Test
    void keepsNothingBackFromAnEmptyBatcher() {
        assertThat(batcher.poll(0)).isEmpty();
        assertThat(batcher.nanosUntilDue(0)).isEqualTo(Long.MAX_VALUE);
        assertThat(batcher.size()).isZero();
    }

    @Test
    void releasesAFullBatchWithoutWaiting() {
        add(Lane.URGENT, "a", 0, "1", "2", "3", "4");

        assertThat(batcher.nanosUntilDue(0)).isZero();
        assertThat(batcher.poll(0)).contains(new Batch<>("a", List.of("1", "2", "3", "4"), Batch.Reason.FULL));
        assertThat(batcher.size()).isZero();
    }

    @Test
    void holdsAPartialBatchUntilItsOldestItemIsDue() {
        add(Lane.URGENT, "a", 0, "old");
        add(Lane.URGENT, "a", DELAY - 1, "young");

        assertThat(batcher.poll(DELAY - 1)).isEmpty();
        assertThat(batcher.nanosUntilDue(DELAY - 1)).isEqualTo(1);
        assertThat(batcher.poll(DELAY)).contains(new Batch<>("a", List.of("old", "young"), Batch.Reason.DUE));
    }

    @Test
    void measuresTheDelayOnAClockThatOverflows() {
        long nearTheEnd = Long.MAX_VALUE - 1;
        add(Lane.URGENT, "a", nearTheEnd, "1");

        assertThat(batcher.poll(nearTheEnd + DELAY - 1)).isEmpty();
        assertThat(batcher.poll(nearTheEnd + DELAY)).isPresent();
    }

    @Test
    void putsUrgentItemsBeforeOlderBackfillAndFillsTheGapsWithIt() {
        add(Lane.BACKFILL, "a", 0, "b1", "b2", "b3");
        add(Lane.URGENT, "a", 1, "u1", "u2");

        assertThat(batcher.poll(1)).contains(new Batch<>("a", List.of("u1", "u2", "b1", "b2"), Batch.Reason.FULL));
        assertThat(batcher.size()).isEqualTo(1);
    }

    @Test
    void servesAKeyWithUrgentItemsBeforeAFullBackfill() {
        add(Lane.BACKFILL, "full", 0, "b1", "b2", "b3", "b4");
        add(Lane.URGENT, "due", 0, "u1");

        assertThat(batcher.poll(DELAY))
                .hasValueSatisfying(batch -> assertThat(batch.key()).isEqualTo("due"));
        assertThat(batcher.poll(DELAY))
                .hasValueSatisfying(batch -> assertThat(batch.key()).isEqualTo("full"));
    }

    @Test
    void neverMixesKeys() {
        add(Lane.URGENT, "a", 0, "a1", "a2");
        add(Lane.URGENT, "b", 0, "b1", "b2");

        assertThat(batcher.poll(0)).isEmpty();
        assertThat(released(DELAY)).extracting(Batch::items).containsExactly(List.of("a1", "a2"), List.of("b1", "b2"));
    }

    @Test
    void servesKeysInTurnsHoweverMuchOneOfThemBrings() {
        add(Lane.URGENT, "busy", 0, "1", "2", "3", "4", "5", "6", "7", "8");
        add(Lane.URGENT, "quiet", 0, "q1", "q2", "q3", "q4");

        assertThat(released(0)).extracting(Batch::key).containsExactly("busy", "quiet", "busy");
    }

    @Test
    void releasesAtOnceWhenDraining() {
        add(Lane.BACKFILL, "a", 0, "1");
        assertThat(batcher.poll(0)).isEmpty();

        batcher.drain();

        assertThat(batcher.nanosUntilDue(0)).isZero();
        assertThat(batcher.poll(0)).contains(new Batch<>("a", List.of("1"), Batch.Reason.DRAINING));
    }

    @Test
    void closesTheDoorForAFullLaneOnly() {
        for (int i = 0; i < 8; i++) {
            assertThat(batcher.hasRoom(Lane.BACKFILL)).isTrue();
            add(Lane.BACKFILL, "a", 0, "b" + i);
        }
        assertThat(batcher.hasRoom(Lane.BACKFILL)).isFalse();
        assertThat(batcher.hasRoom(Lane.URGENT)).isTrue();

        batcher.poll(0);

        assertThat(batcher.hasRoom(Lane.BACKFILL)).isTrue();
    }

    @Test
    void refusesLimitsThatMakeNoSense() {
        assertThatThrownBy(() -> new BatchLimits(0, Duration.ZERO, 1)).hasMessage("maxSize must be positive, was 0");
        assertThatThrownBy(() -> new BatchLimits(1, Duration.ofNanos(-1), 1))
                .hasMessageStartingWith("maxDelay must not be negative");
        assertThatThrownBy(() -> new BatchLimits(4, Duration.ZERO, 3))
                .hasMessage("maxWaiting must be at least maxSize (4), was 3");
        assertThatThrownBy(() -> new Batch<>("a", List.of(), Batch.Reason.DUE)).hasMessage("items must not be empty");
    }

    private void add(Lane lane, String key, long nowNanos, String... items) {
        for (String item : items) {
            batcher.add(lane, key, item, nowNanos);
        }
    }

    private List<Batch<String, String>> released(long nowNanos) {
        List<Batch<String, String>> batches = new ArrayList<>();
        for (var batch = batcher.poll(nowNanos); batch.isPresent(); batch = batcher.poll(nowNanos)) {
            batches.add(batch.get());
        }
        return batches;
    }
}
