package org.lesionstream.worker.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.lesionstream.worker.delivery.Lane;

class MicroBatcherTest {

    private static final long MILLI = 1_000_000;
    private static final long DELAY = 5 * MILLI;
    private static final long SECOND = 1000 * MILLI;
    private static final OptionalLong NEVER = OptionalLong.empty();

    /** A device on which two run hardly longer than one, and four as long as two after the other. */
    private static final BatchSizes SIZES = sizes(Map.of(1, 100, 2, 110, 4, 200));

    private final MicroBatcher<String, String> batcher =
            new MicroBatcher<>(new BatchLimits(Duration.ofNanos(DELAY), Duration.ofMinutes(1), 8), key -> SIZES);

    @Test
    void keepsNothingBackFromAnEmptyBatcher() {
        assertThat(batcher.poll(0)).isEmpty();
        assertThat(batcher.nanosUntilDue(0)).isEqualTo(Long.MAX_VALUE);
        assertThat(batcher.size()).isZero();
    }

    @Test
    void letsNothingWaitWhileTheDeviceRests() {
        add(Lane.BACKFILL, "a", 0, "1");

        assertThat(batcher.nanosUntilDue(0)).isZero();
        assertThat(batcher.poll(0)).contains(new Batch<>("a", List.of("1"), Batch.Reason.DUE));
    }

    @Test
    void letsAPartialBatchWaitForCompanyOnABusyDevice() {
        keepBusy(0);
        add(Lane.BACKFILL, "a", 0, "old");
        add(Lane.BACKFILL, "a", 1, "young");
        long due = batcher.nanosUntilDue(0);

        assertThat(due).isBetween(DELAY - MILLI, DELAY);
        assertThat(batcher.poll(due - MILLI)).isEmpty();
        assertThat(batcher.poll(due)).contains(new Batch<>("a", List.of("old", "young"), Batch.Reason.DUE));
    }

    @Test
    void forgetsThatTheDeviceWasBusyOnceItRests() {
        keepBusy(0);
        add(Lane.BACKFILL, "a", SECOND, "1");

        assertThat(batcher.poll(SECOND)).isPresent();
    }

    @Test
    void releasesAFullBatchWithoutWaiting() {
        keepBusy(0);
        add(Lane.URGENT, "a", 0, "1", "2", "3", "4");

        assertThat(batcher.nanosUntilDue(0)).isZero();
        assertThat(batcher.poll(0)).contains(new Batch<>("a", List.of("1", "2", "3", "4"), Batch.Reason.FULL));
        assertThat(batcher.size()).isZero();
    }

    @Test
    void startsInTimeForADeadline() {
        keepBusy(0);
        batcher.add(Lane.URGENT, "a", "soon", OptionalLong.of(102 * MILLI), 0);

        assertThat(batcher.poll(MILLI)).isEmpty();
        assertThat(batcher.nanosUntilDue(MILLI)).isEqualTo(MILLI);
        assertThat(batcher.poll(2 * MILLI)).contains(new Batch<>("a", List.of("soon"), Batch.Reason.DEADLINE));
    }

    @Test
    void servesTheSoonestDeadlineOfALaneFirst() {
        batcher.add(Lane.URGENT, "a", "never", NEVER, 0);
        batcher.add(Lane.URGENT, "a", "late", OptionalLong.of(30 * SECOND), 0);
        batcher.add(Lane.URGENT, "a", "soon", OptionalLong.of(20 * SECOND), 0);
        batcher.add(Lane.URGENT, "a", "soon too", OptionalLong.of(20 * SECOND), 0);

        assertThat(batcher.poll(0).orElseThrow().items()).containsExactly("soon", "soon too", "late", "never");
    }

    @Test
    void doesNotForgetWhatHasNoDeadline() {
        batcher.add(Lane.URGENT, "a", "never", NEVER, 0);
        for (int i = 0; i < 4; i++) {
            batcher.add(Lane.URGENT, "a", "later " + i, OptionalLong.of(61 * SECOND), SECOND);
        }

        assertThat(batcher.poll(SECOND).orElseThrow().items()).contains("never");
    }

    @Test
    void fillsOnlyThePlacesWithBackfillThatCostTheUrgentItemsLittle() {
        add(Lane.BACKFILL, "a", 0, "b1", "b2", "b3");
        add(Lane.URGENT, "a", 1, "u1");
        assertThat(batcher.poll(1)).contains(new Batch<>("a", List.of("u1", "b1"), Batch.Reason.FULL));

        add(Lane.URGENT, "a", 2, "u2", "u3", "u4");
        assertThat(batcher.poll(2)).contains(new Batch<>("a", List.of("u2", "u3", "u4", "b2"), Batch.Reason.FULL));
        assertThat(batcher.size()).isEqualTo(1);
    }

    @Test
    void servesAKeyWithUrgentItemsBeforeAFullBackfill() {
        add(Lane.BACKFILL, "full", 0, "b1", "b2", "b3", "b4");
        add(Lane.URGENT, "due", 0, "u1");

        assertThat(released(0)).extracting(Batch::key).containsExactly("due", "full");
    }

    @Test
    void neverMixesKeys() {
        add(Lane.URGENT, "a", 0, "a1", "a2");
        add(Lane.URGENT, "b", 0, "b1", "b2");

        assertThat(released(0)).extracting(Batch::items).containsExactly(List.of("a1", "a2"), List.of("b1", "b2"));
    }

    @Test
    void sharesTheDeviceByTimeAndNotByTurns() {
        List<String> served = new ArrayList<>();
        long now = 0;
        for (int i = 0; i < 40; i++) {
            add(Lane.BACKFILL, "slow", now, "s", "s", "s", "s");
            add(Lane.BACKFILL, "fast", now, "f", "f", "f", "f");
            String key = batcher.poll(now).orElseThrow().key();
            long run = key.equals("slow") ? 300 * MILLI : 100 * MILLI;
            batcher.ran(key, now, now + run);
            now += run;
            served.add(key);
        }

        assertThat(Collections.frequency(served, "slow")).isEqualTo(10);
    }

    @Test
    void givesAKeyThatWasAwayNoClaimToWhatItMissed() {
        batcher.ran("old", 0, 100 * SECOND);
        add(Lane.BACKFILL, "old", 100 * SECOND, "o1", "o2", "o3", "o4");
        batcher.poll(100 * SECOND);
        add(Lane.BACKFILL, "old", 100 * SECOND, "o5", "o6", "o7", "o8");
        add(Lane.BACKFILL, "new", 100 * SECOND, "n1", "n2", "n3", "n4", "n5", "n6", "n7", "n8");

        List<String> served = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            String key = batcher.poll(100 * SECOND).orElseThrow().key();
            batcher.ran(key, 100 * SECOND, 101 * SECOND);
            served.add(key);
        }

        assertThat(served).containsExactlyInAnyOrder("old", "new");
    }

    @Test
    void releasesAtOnceWhenDraining() {
        keepBusy(0);
        add(Lane.BACKFILL, "a", 0, "1");
        assertThat(batcher.poll(0)).isEmpty();

        batcher.drain();

        assertThat(batcher.nanosUntilDue(0)).isZero();
        assertThat(batcher.poll(0)).contains(new Batch<>("a", List.of("1"), Batch.Reason.DRAINING));
    }

    @Test
    void takesOutWhatIsNoLongerWanted() {
        add(Lane.URGENT, "a", 0, "over", "wanted");
        add(Lane.BACKFILL, "b", 0, "over");

        batcher.discard("over"::equals);

        assertThat(batcher.size()).isEqualTo(1);
        assertThat(released(0)).extracting(Batch::items).containsExactly(List.of("wanted"));
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
        assertThatThrownBy(() -> new BatchLimits(Duration.ofNanos(-1), Duration.ZERO, 1))
                .hasMessageStartingWith("maxDelay must not be negative");
        assertThatThrownBy(() -> new BatchLimits(Duration.ZERO, Duration.ofNanos(-1), 1))
                .hasMessageStartingWith("patience must not be negative");
        assertThatThrownBy(() -> new BatchLimits(Duration.ZERO, Duration.ZERO, 0))
                .hasMessage("maxWaiting must be positive, was 0");
        assertThatThrownBy(() -> new BatchSizes(new TreeMap<>()))
                .hasMessageStartingWith("times must have positive sizes");
        assertThatThrownBy(() -> new Batch<>("a", List.of(), Batch.Reason.DUE)).hasMessage("items must not be empty");
    }

    static BatchSizes sizes(Map<Integer, Integer> millis) {
        var times = new TreeMap<Integer, Duration>();
        millis.forEach((size, milli) -> times.put(size, Duration.ofMillis(milli)));
        return new BatchSizes(times);
    }

    /** The device has not rested for half a minute. */
    private void keepBusy(long nowNanos) {
        batcher.ran("another", nowNanos - 30 * SECOND, nowNanos);
    }

    private void add(Lane lane, String key, long nowNanos, String... items) {
        for (String item : items) {
            batcher.add(lane, key, item, NEVER, nowNanos);
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
