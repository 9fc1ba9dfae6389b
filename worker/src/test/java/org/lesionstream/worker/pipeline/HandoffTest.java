package org.lesionstream.worker.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.lesionstream.worker.delivery.Lane;

class HandoffTest {
    private static final long LONG = Duration.ofSeconds(30).toNanos();

    private final Handoff<String> handoff = new Handoff<>(2);

    @Test
    void givesUrgentItemsBeforeBackfillItemsThatCameEarlier() throws InterruptedException {
        handoff.put(Lane.BACKFILL, "old");
        handoff.put(Lane.URGENT, "first");
        handoff.put(Lane.URGENT, "second");

        assertThat(handoff.takeUpTo(5, 0)).containsExactly("first", "second", "old");
    }

    @Test
    void takesFromTheAskedLanesOnly() throws InterruptedException {
        handoff.put(Lane.URGENT, "urgent");
        handoff.put(Lane.BACKFILL, "old");

        assertThat(handoff.take(EnumSet.of(Lane.BACKFILL), 0)).contains("old");
        assertThat(handoff.take(EnumSet.of(Lane.BACKFILL), 0)).isEmpty();
    }

    @Test
    void aFullBackfillLaneLeavesTheUrgentLaneOpen() throws InterruptedException {
        handoff.put(Lane.BACKFILL, "a");
        handoff.put(Lane.BACKFILL, "b");

        assertThat(handoff.awaitRoom(2, 0)).containsExactly(Lane.URGENT);
        handoff.put(Lane.URGENT, "c");
        assertThat(handoff.size()).isEqualTo(3);
    }

    @Test
    void refusesMoreThanWasAdmittedRatherThanHangOrGrow() {
        handoff.put(Lane.URGENT, "a");
        handoff.put(Lane.URGENT, "b");

        assertThatThrownBy(() -> handoff.put(Lane.URGENT, "c"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("URGENT");
    }

    @Test
    void wakesATakerThatWaits() throws Exception {
        CompletableFuture<String> taken = CompletableFuture.supplyAsync(() -> {
            try {
                return handoff.take(LONG).orElseThrow();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });

        handoff.put(Lane.BACKFILL, "late");

        assertThat(taken.get()).isEqualTo("late");
    }

    @Test
    void wakesWhoWaitsForRoom() throws Exception {
        Handoff<String> one = new Handoff<>(1);
        one.put(Lane.URGENT, "a");
        one.put(Lane.BACKFILL, "b");
        CompletableFuture<Set<Lane>> room = CompletableFuture.supplyAsync(() -> {
            try {
                return one.awaitRoom(1, LONG);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });

        one.take(0);

        assertThat(room.get()).containsExactly(Lane.URGENT);
    }
}
