package org.lesionstream.worker.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lesionstream.worker.delivery.Lane.BACKFILL;
import static org.lesionstream.worker.delivery.Lane.URGENT;

import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.lesionstream.worker.delivery.Lane;

class IntakeGateTest {
    private final IntakeGate gate = new IntakeGate(64);

    @Test
    void takesFromBothLanesWhileThereIsRoom() {
        assertThat(decide(0, 0)).containsExactlyInAnyOrder(URGENT, BACKFILL);
        assertThat(decide(32, 63)).containsExactlyInAnyOrder(URGENT, BACKFILL);
    }

    @Test
    void closesAFullLaneAndLeavesTheOtherOpen() {
        assertThat(decide(0, 64)).containsExactly(URGENT);
    }

    @Test
    void opensAgainWhenAQuarterIsFree() {
        assertThat(decide(0, 64)).doesNotContain(BACKFILL);
        assertThat(decide(0, 49)).doesNotContain(BACKFILL);
        assertThat(decide(0, 48)).contains(BACKFILL);
    }

    @Test
    void pausesBackfillFirstWhenUrgentWorkPilesUp() {
        assertThat(decide(33, 0)).containsExactly(URGENT);
        assertThat(decide(17, 0)).containsExactly(URGENT);
        assertThat(decide(16, 0)).containsExactlyInAnyOrder(URGENT, BACKFILL);
    }

    @Test
    void worksWithRoomForOne() {
        IntakeGate narrow = new IntakeGate(1);
        assertThat(narrow.decide(Map.of(URGENT, 1, BACKFILL, 0))).isEmpty();
        assertThat(narrow.decide(Map.of(URGENT, 0, BACKFILL, 1))).containsExactly(URGENT);
        assertThat(narrow.decide(Map.of(URGENT, 0, BACKFILL, 0))).containsExactlyInAnyOrder(URGENT, BACKFILL);
    }

    @Property
    void neverOpensAFullLaneAndAlwaysOpensAnIdleWorker(
            @ForAll @IntRange(min = 1, max = 100) int capacity,
            @ForAll @IntRange(max = 150) int urgent,
            @ForAll @IntRange(max = 150) int backfill) {
        IntakeGate any = new IntakeGate(capacity);
        Set<Lane> open = any.decide(Map.of(URGENT, urgent, BACKFILL, backfill));
        assertThat(open.contains(URGENT)).isEqualTo(urgent < capacity);
        assertThat(open.contains(BACKFILL) && backfill >= capacity).isFalse();
        assertThat(any.decide(Map.of())).containsExactlyInAnyOrder(URGENT, BACKFILL);
    }

    private Set<Lane> decide(int urgent, int backfill) {
        return gate.decide(Map.of(URGENT, urgent, BACKFILL, backfill));
    }
}
