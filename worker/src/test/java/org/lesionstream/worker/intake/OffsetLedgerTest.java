package org.lesionstream.worker.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.lesionstream.worker.delivery.PartitionOffset;
import org.lesionstream.worker.delivery.Position;

class OffsetLedgerTest {
    private final OffsetLedger ledger = new OffsetLedger();

    @Test
    void commitsTheContiguousOffsetAndRemembersWhatIsFinishedBeyond() {
        long assignment = ledger.assign("jobs", 0, 100, "");
        poll(100, 101, 102, 103);
        finish(assignment, 101, 102);
        assertThat(snapshot()).isEqualTo(new PartitionOffset("jobs", 0, 100, "1:1.2"));
        finish(assignment, 100);
        assertThat(snapshot()).isEqualTo(new PartitionOffset("jobs", 0, 103, ""));
    }

    @Test
    void passesOverWhatTheCommittedMetadataSaysIsFinished() {
        ledger.assign("jobs", 0, 100, "1:1.2");
        assertThat(ledger.open(at(100))).isPresent();
        assertThat(ledger.open(at(101))).isEmpty();
        assertThat(ledger.open(at(102))).isEmpty();
        assertThat(ledger.open(at(103))).isPresent();
    }

    @Test
    void keepsWhatIsFinishedBeyondThePollsInItsCommits() {
        long assignment = ledger.assign("jobs", 0, 100, "1:2.3");
        poll(100);
        finish(assignment, 100);
        assertThat(snapshot()).isEqualTo(new PartitionOffset("jobs", 0, 101, "1:1.3"));
    }

    @Test
    void countsOffsetsWithoutARecordAsFinished() {
        long assignment = ledger.assign("jobs", 0, 0, "");
        poll(40, 42, 45);
        finish(assignment, 42);
        assertThat(snapshot()).isEqualTo(new PartitionOffset("jobs", 0, 40, "1:1.4"));
        finish(assignment, 40, 45);
        ledger.reach("jobs", 0, 47);
        assertThat(snapshot()).isEqualTo(new PartitionOffset("jobs", 0, 47, ""));
    }

    @Test
    void ignoresWorkOfAnEarlierAssignment() {
        long before = ledger.assign("jobs", 0, 0, "");
        poll(0);
        ledger.revoke("jobs", 0);
        assertThat(ledger.finish(at(0), before)).isFalse();
        long after = ledger.assign("jobs", 0, 0, "");
        poll(0);
        assertThat(after).isNotEqualTo(before);
        assertThat(ledger.finish(at(0), before)).isFalse();
        assertThat(snapshot().offset()).isZero();
        assertThat(ledger.finish(at(0), after)).isTrue();
        assertThat(snapshot().offset()).isEqualTo(1);
    }

    @Test
    void finishesTwiceAsOnce() {
        long assignment = ledger.assign("jobs", 0, 0, "");
        poll(0, 1);
        finish(assignment, 0, 1);
        PartitionOffset once = snapshot();
        finish(assignment, 0, 1);
        assertThat(snapshot()).isEqualTo(once);
    }

    @Test
    void beginsAnewWhereTheLogWasCut() {
        long before = ledger.assign("jobs", 0, 100, "1:1.5");
        poll(100);
        OptionalLong after = ledger.open(at(3));
        assertThat(after).isPresent();
        assertThat(after.getAsLong()).isNotEqualTo(before);
        assertThat(ledger.finish(at(100), before)).isFalse();
        finish(after.getAsLong(), 3);
        assertThat(snapshot()).isEqualTo(new PartitionOffset("jobs", 0, 4, ""));
    }

    @Test
    void refusesToFinishWhatWasNeverPolled() {
        long assignment = ledger.assign("jobs", 0, 0, "");
        poll(0);
        assertThatThrownBy(() -> ledger.finish(at(9), assignment)).hasMessage("offset must be below 1, was 9");
    }

    @Test
    void doesNotAssignAPartitionWhoseMetadataIsForeign() {
        assertThatThrownBy(() -> ledger.assign("jobs", 0, 5, "someone else's"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ledger.open(at(5))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void fitsTheWorstCaseOfTheIntakeLimitsIntoTheMetadata() {
        IntakeLimits limits = new IntakeLimits(200, 200, 1);
        long assignment = ledger.assign("jobs", 0, 0, "");
        long billions = 2_000_000_000L;
        for (int i = 0; i < limits.mostInFlight(); i++) {
            poll(i * billions); // every one open, as much as fits one slow fleet finished between two
        }
        assertThat(ledger.finish(at(0), assignment)).isTrue();
        PartitionOffset committed = snapshot();
        OffsetLedger restarted = new OffsetLedger();
        restarted.assign("jobs", 0, committed.offset(), committed.metadata());
        int last = limits.mostInFlight() - 1;
        assertThat(restarted.open(at((last - 1) * billions + 1))).isEmpty();
        assertThat(restarted.open(at(last * billions))).isPresent();
    }

    private void poll(long... offsets) {
        for (long offset : offsets) {
            assertThat(ledger.open(at(offset))).isPresent();
        }
    }

    private void finish(long assignment, long... offsets) {
        for (long offset : offsets) {
            assertThat(ledger.finish(at(offset), assignment)).isTrue();
        }
    }

    private PartitionOffset snapshot() {
        return ledger.snapshot(Set.of(at(0))).get(0);
    }

    private static Position at(long offset) {
        return new Position("jobs", 0, offset);
    }
}
