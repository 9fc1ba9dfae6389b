package org.lesionstream.worker.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.lesionstream.worker.delivery.Lane;

/** Any sequence of arrivals, polls and runs against the simplest model there is: a list of what waits. */
class MicroBatcherPropertyTest {

    private static final long MILLI = 1_000_000;
    private static final long PATIENCE = 500 * MILLI;
    private static final Comparator<Item> SERVICE = Comparator.comparing((Item item) -> item.lane() == Lane.BACKFILL)
            .thenComparing(Item::due, (left, right) -> Long.signum(left - right))
            .thenComparing(Item::number);

    /**
     * An arrival.
     *
     * @param pauseMillis pass before it
     * @param deadlineMillis after it; 0 for none
     * @param polled whether the caller polls after it or lets the next one come first
     */
    record Arrival(Lane lane, int key, long pauseMillis, long deadlineMillis, boolean polled) {}

    record Item(int number, Lane lane, int key, long since, long due, boolean promised) {}

    @Provide
    Arbitrary<List<Arrival>> arrivals() {
        return Combinators.combine(
                        Arbitraries.of(Lane.class),
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.longs().between(0, 40),
                        Arbitraries.longs().between(0, 900),
                        Arbitraries.of(true, false))
                .as(Arrival::new)
                .list()
                .ofMaxSize(60);
    }

    @Provide
    Arbitrary<BatchSizes> sizes() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 50),
                        Arbitraries.integers().between(1, 50),
                        Arbitraries.integers().between(1, 50))
                .as((one, two, five) -> MicroBatcherTest.sizes(Map.of(1, one, 2, one + two, 5, one + two + five)));
    }

    @Property
    void releasesEachItemOnceInOrderWithinTheLimits(
            @ForAll("arrivals") List<Arrival> arrivals,
            @ForAll("sizes") BatchSizes sizes,
            @ForAll boolean busy,
            @ForAll @IntRange(max = 100) int maxDelayMillis) {
        MicroBatcher<Integer, Item> batcher = batcher(sizes, maxDelayMillis);
        List<Item> model = new ArrayList<>();
        long now = Long.MAX_VALUE - 500 * MILLI; // the clock overflows on the way
        int number = 0;
        for (Arrival arrival : arrivals) {
            now += arrival.pauseMillis() * MILLI;
            if (busy) {
                batcher.ran(arrival.key(), now - 60_000 * MILLI, now);
            }
            Item item = add(batcher, arrival, number++, now);
            model.add(item);
            if (arrival.polled()) {
                long allowed = busy ? maxDelayMillis * MILLI : 0;
                check(batcher.poll(now), model, now, sizes, allowed, false);
            }
            assertThat(batcher.size()).isEqualTo(model.size());
        }
        batcher.drain();
        while (!model.isEmpty()) {
            check(batcher.poll(now), model, now, sizes, 0, true);
        }
        assertThat(batcher.poll(now)).isEmpty();
        assertThat(batcher.size()).isZero();
    }

    @Property
    void letsNothingWaitLongerThanTheDelayIfPolledWhenItSays(
            @ForAll("arrivals") List<Arrival> arrivals,
            @ForAll("sizes") BatchSizes sizes,
            @ForAll @IntRange(max = 100) int maxDelayMillis) {
        MicroBatcher<Integer, Item> batcher = batcher(sizes, maxDelayMillis);
        long now = 0;
        int number = 0;
        for (Arrival arrival : arrivals) {
            batcher.ran(9, now - 60_000 * MILLI, now);
            long next = now + arrival.pauseMillis() * MILLI;
            for (long due = batcher.nanosUntilDue(now); due <= next - now; due = batcher.nanosUntilDue(now)) {
                now += due;
                long releasedAt = now;
                assertThat(batcher.poll(now)).hasValueSatisfying(batch -> assertThat(batch.items())
                        .allMatch(item -> releasedAt - item.since() <= maxDelayMillis * MILLI));
            }
            now = next;
            add(batcher, arrival, number++, now);
        }
    }

    @Property
    void givesEveryKeyOfALaneTheSameTimeHoweverSlowItIs(
            @ForAll @IntRange(min = 2, max = 5) int keys, @ForAll Lane lane) {
        MicroBatcher<Integer, Integer> batcher = new MicroBatcher<>(
                new BatchLimits(Duration.ZERO, Duration.ZERO, 1000), key -> MicroBatcherTest.sizes(Map.of(1, 1)));
        long[] served = new long[keys];
        long now = 0;
        for (int turn = 0; turn < 400; turn++) {
            for (int key = 0; key < keys; key++) {
                batcher.add(lane, key, turn, OptionalLong.empty(), now);
            }
            int key = batcher.poll(now).orElseThrow().key();
            long run = (key + 1) * MILLI;
            batcher.ran(key, now, now + run);
            served[key] += run;
            now += run;
        }
        for (long time : served) {
            assertThat(Math.abs(time - now / keys)).isLessThanOrEqualTo(keys * MILLI);
        }
    }

    private static MicroBatcher<Integer, Item> batcher(BatchSizes sizes, int maxDelayMillis) {
        return new MicroBatcher<>(
                new BatchLimits(Duration.ofMillis(maxDelayMillis), Duration.ofNanos(PATIENCE), 1000), key -> sizes);
    }

    private static Item add(MicroBatcher<Integer, Item> batcher, Arrival arrival, int number, long now) {
        boolean promised = arrival.deadlineMillis() > 0;
        long due = now + (promised ? arrival.deadlineMillis() * MILLI : PATIENCE);
        Item item = new Item(number, arrival.lane(), arrival.key(), now, due, promised);
        batcher.add(item.lane(), item.key(), item, promised ? OptionalLong.of(due) : OptionalLong.empty(), now);
        return item;
    }

    private static void check(
            Optional<Batch<Integer, Item>> polled,
            List<Item> model,
            long now,
            BatchSizes sizes,
            long delay,
            boolean draining) {
        Set<Integer> releasable = new HashSet<>();
        Set<Integer> urgentlyReleasable = new HashSet<>();
        for (Item item : model) {
            List<Item> mates = ofKey(model, item.key());
            long run = sizes.time(mates.size()).toNanos();
            if (draining
                    || mates.size() >= capacity(mates, sizes)
                    || mates.stream().anyMatch(mate -> now - mate.since() >= delay)
                    || mates.stream().anyMatch(mate -> mate.promised() && mate.due() - run - now <= 0)) {
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
        List<Item> mates = ofKey(model, batch.key());
        List<Item> expected =
                mates.stream().sorted(SERVICE).limit(capacity(mates, sizes)).toList();
        assertThat(batch.items()).isEqualTo(expected);
        assertThat(batch.reason() == Batch.Reason.FULL).isEqualTo(mates.size() >= capacity(mates, sizes));
        model.removeAll(expected);
    }

    /** The largest size, or the largest that takes at most a quarter longer than the urgent items by themselves. */
    private static int capacity(List<Item> mates, BatchSizes sizes) {
        int urgent =
                (int) mates.stream().filter(mate -> mate.lane() == Lane.URGENT).count();
        if (urgent == 0 || urgent >= 5) {
            return 5;
        }
        int padded = urgent <= 1 ? 1 : urgent <= 2 ? 2 : 5;
        double limit = 1.25 * sizes.times().get(padded).toNanos();
        int capacity = padded;
        for (int size : List.of(1, 2, 5)) {
            if (size > capacity && sizes.times().get(size).toNanos() <= limit) {
                capacity = size;
            }
        }
        return capacity;
    }

    private static List<Item> ofKey(List<Item> model, int key) {
        return model.stream().filter(item -> item.key() == key).toList();
    }
}
