package org.lesionstream.worker.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.lesionstream.worker.delivery.PartitionOffset;
import org.lesionstream.worker.delivery.Position;

/** Any mixture of polls, completions, commits and crashes against the simplest model there is: sets of offsets. */
class OffsetLedgerPropertyTest {
    /** A partition with gaps, a group that remembers one commit, and a worker that may die at any time. */
    private static final class Model {
        final List<Long> log = new ArrayList<>();
        final Set<Long> open = new TreeSet<>();
        /** Finished by this worker or an earlier one, as far as the present worker can know it. */
        Set<Long> finished = new TreeSet<>();

        Set<Long> finishedAtCommit = new TreeSet<>();
        PartitionOffset committed = new PartitionOffset("jobs", 0, 0, "");
        int next;

        Model(Random random) {
            long offset = random.nextInt(5);
            for (int i = 0; i < 120; i++) {
                log.add(offset);
                offset += random.nextInt(4) == 0 ? 1 + random.nextInt(3) : 1;
            }
        }

        /** The first record that is not finished is where a restart must begin, or a gap before it. */
        long firstUnfinishedRecord() {
            return log.stream()
                    .filter(offset -> !finished.contains(offset))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Property(tries = 500)
    void neverLosesAndNeverRepeatsWhatWasCommitted(
            @ForAll @Size(max = 150) List<@IntRange(max = 99) Integer> script, @ForAll long seed) {
        Random random = new Random(seed);
        Model model = new Model(random);
        OffsetLedger ledger = new OffsetLedger();
        long assignment = ledger.assign("jobs", 0, 0, "");
        for (int action : script) {
            if (action < 45) {
                poll(model, ledger, assignment, 1 + random.nextInt(4));
            } else if (action < 80) {
                finishOne(model, ledger, assignment, random);
            } else if (action < 95) {
                commit(model, ledger);
            } else {
                ledger.revoke("jobs", 0);
                assignment = crash(model, ledger, assignment);
            }
        }
    }

    private static void poll(Model model, OffsetLedger ledger, long assignment, int records) {
        for (int i = 0; i < records && model.next < model.log.size(); i++) {
            long offset = model.log.get(model.next++);
            boolean work = !model.finished.contains(offset);
            assertThat(ledger.open(at(offset))).isEqualTo(work ? OptionalLong.of(assignment) : OptionalLong.empty());
            if (work) {
                model.open.add(offset);
            }
        }
    }

    private static void finishOne(Model model, OffsetLedger ledger, long assignment, Random random) {
        if (model.open.isEmpty()) {
            return;
        }
        long offset = List.copyOf(model.open).get(random.nextInt(model.open.size()));
        assertThat(ledger.finish(at(offset), assignment)).isTrue();
        model.open.remove(offset);
        model.finished.add(offset);
    }

    private static void commit(Model model, OffsetLedger ledger) {
        PartitionOffset snapshot = ledger.snapshot(Set.of(at(0))).get(0);
        long unfinished = model.firstUnfinishedRecord();
        assertThat(snapshot.offset()).isLessThanOrEqualTo(unfinished);
        assertThat(model.log.stream()
                        .filter(offset -> offset >= snapshot.offset())
                        .findFirst())
                .as("first record at or after the committed offset")
                .contains(unfinished);
        model.committed = snapshot;
        model.finishedAtCommit = new TreeSet<>(model.finished);
    }

    /** The next worker knows what was committed and nothing else. */
    private static long crash(Model model, OffsetLedger ledger, long before) {
        model.open.forEach(
                offset -> assertThat(ledger.finish(at(offset), before)).isFalse());
        model.open.clear();
        model.finished = new TreeSet<>(model.finishedAtCommit);
        PartitionOffset committed = model.committed;
        model.next = (int)
                model.log.stream().filter(offset -> offset < committed.offset()).count();
        return ledger.assign("jobs", 0, committed.offset(), committed.metadata());
    }

    private static Position at(long offset) {
        return new Position("jobs", 0, offset);
    }
}
