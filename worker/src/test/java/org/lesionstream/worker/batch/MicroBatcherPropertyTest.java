package org.lesionstream.worker.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.lesionstream.worker.delivery.Lane;

/** Any sequence of arrivals and polls against the simplest model there is: a list of what waits. */
class MicroBatcherPropertyTest {

    private static final Comparator<Item> URGENT_FIRST_THEN_BY_ARRIVAL =
            Comparator.comparing((Item item) -> item.lane() == Lane.BACKFILL).thenComparing(Item::number);

    /** An arrival; {@code pauseNanos} pass before it, and the caller polls after it or lets the next one come first. */
    record Arrival(Lane lane, int key, long pauseNanos, boolean polled) {}

    record Item(int number, Lane lane, int key, long sinceNanos) {}

    @Provide
    Arbitrary<List<Arrival>> arrivals() {
        return Combinators.combine(
                        Arbitraries.of(Lane.class),
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.longs().between(0, 40),
                        Arbitraries.of(true, false))
                .as(Arrival::new)
                .list()
                .ofMaxSize(60);
    }

    @Property
    void releasesEachItemOnceInOrderWithinTheLimits(
            @ForAll("arrivals") List<Arrival> arrivals,
            @ForAll @IntRange(min = 1, max = 8) int maxSize,
            @ForAll @IntRange(max = 100) int maxDelayNanos) {
        var batcher = new MicroBatcher<Integer, Item>(new BatchLimits(maxSize, Duration.ofNanos(maxDelayNanos), 1000));
        List<Item> model = new ArrayList<>();
        long now = Long.MAX_VALUE - 500; // the clock overflows on the way
        int number = 0;
        for (Arrival arrival : arrivals) {
            now += arrival.pauseNanos();
            var item = new Item(number++, arrival.lane(), arrival.key(), now);
            batcher.add(item.lane(), item.key(), item, now);
            model.add(item);
            if (arrival.polled()) {
                check(batcher.poll(now), model, now, maxSize, maxDelayNanos, false);
            }
            assertThat(batcher.size()).isEqualTo(model.size());
        }
        batcher.drain();
        while (!model.isEmpty()) {
            check(batcher.poll(now), model, now, maxSize, maxDelayNanos, true);
        }
        assertThat(batcher.poll(now)).isEmpty();
        assertThat(batcher.size()).isZero();
    }

    @Property
    void letsNothingWaitLongerThanTheDelayIfPolledWhenItSays(
            @ForAll("arrivals") List<Arrival> arrivals, @ForAll @IntRange(max = 100) int maxDelayNanos) {
        var batcher = new MicroBatcher<Integer, Item>(new BatchLimits(4, Duration.ofNanos(maxDelayNanos), 1000));
        long now = 0;
        int number = 0;
        for (Arrival arrival : arrivals) {
            long next = now + arrival.pauseNanos();
            for (long due = batcher.nanosUntilDue(now); due <= next - now; due = batcher.nanosUntilDue(now)) {
                now += due;
                long releasedAt = now;
                assertThat(batcher.poll(now)).hasValueSatisfying(batch -> assertThat(batch.items())
                        .allMatch(item -> releasedAt - item.sinceNanos() <= maxDelayNanos));
            }
            now = next;
            batcher.add(arrival.lane(), arrival.key(), new Item(number++, arrival.lane(), arrival.key(), now), now);
        }
    }

    @Property
    void servesEveryKeyOfALaneOncePerRound(@ForAll @IntRange(min = 1, max = 6) int keys, @ForAll Lane lane) {
        var batcher = new MicroBatcher<Integer, Integer>(new BatchLimits(2, Duration.ZERO, 1000));
        for (int key = 0; key < keys; key++) {
            for (int item = 0; item < 2 * (key + 2); item++) {
                batcher.add(lane, key, item, 0);
            }
        }
        for (int round = 0; round < 2; round++) {
            Set<Integer> served = new HashSet<>();
            for (int i = 0; i < keys; i++) {
                served.add(batcher.poll(0).orElseThrow().key());
            }
            assertThat(served).hasSize(keys);
        }
    }

    private static void check(
            Optional<Batch<Integer, Item>> polled,
            List<Item> model,
            long now,
            int maxSize,
            long maxDelay,
            boolean draining) {
        Set<Integer> releasable = new HashSet<>();
        Set<Integer> urgentlyReleasable = new HashSet<>();
        for (Item item : model) {
            List<Item> mates = ofKey(model, item.key());
            if (draining
                    || mates.size() >= maxSize
                    || mates.stream().anyMatch(mate -> now - mate.sinceNanos() >= maxDelay)) {
                releasable.add(item.key());
                if (mates.stream().anyMatch(mate -> mate.lane() == Lane.URGENT)) {
                    urgentlyReleasable.add(item.key());
                }
            }
        }
        if (releasable.isEmpty()) {
            assertThat(polled).isEmpty();
            return;
        }
        Batch<Integer, Item> batch = polled.orElseThrow();
        assertThat(urgentlyReleasable.isEmpty() ? releasable : urgentlyReleasable)
                .contains(batch.key());
        List<Item> expected = ofKey(model, batch.key()).stream()
                .sorted(URGENT_FIRST_THEN_BY_ARRIVAL)
                .limit(maxSize)
                .toList();
        assertThat(batch.items()).isEqualTo(expected);
        assertThat(batch.reason() == Batch.Reason.FULL).isEqualTo(expected.size() == maxSize);
        model.removeAll(expected);
    }

    private static List<Item> ofKey(List<Item> model, int key) {
        return model.stream().filter(item -> item.key() == key).toList();
    }
}
