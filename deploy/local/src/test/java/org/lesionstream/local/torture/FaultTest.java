package org.lesionstream.local.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FaultTest {

    private static final Set<FaultKind> ALL = EnumSet.allOf(FaultKind.class);

    @Test
    void schedulesFollowFromTheirSeed() {
        assertThat(Fault.schedule(40, ALL, 7))
                .isEqualTo(Fault.schedule(40, ALL, 7))
                .isNotEqualTo(Fault.schedule(40, ALL, 8));
    }

    @Test
    void schedulesHoldEveryKindEquallyOften() {
        int kinds = FaultKind.values().length;

        List<Fault> schedule = Fault.schedule(2 * kinds, ALL, 3);

        for (FaultKind kind : FaultKind.values()) {
            assertThat(schedule).filteredOn(fault -> fault.kind() == kind).hasSize(2);
        }
        assertThat(schedule.subList(0, kinds)).extracting(Fault::kind).doesNotHaveDuplicates();
    }

    @Test
    void schedulesHoldOnlyTheKindsThatAreWanted() {
        assertThat(Fault.schedule(5, Set.of(FaultKind.SCALE), 1))
                .extracting(Fault::kind)
                .containsOnly(FaultKind.SCALE);
    }
}
