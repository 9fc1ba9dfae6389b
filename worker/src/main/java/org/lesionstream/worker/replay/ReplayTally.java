package org.lesionstream.worker.replay;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** Counts lines. Confined to one thread. */
public final class ReplayTally {
    private final Map<String, Integer> replayed = new TreeMap<>();
    private final Map<ReplayRefusal, Integer> refused = new EnumMap<>(ReplayRefusal.class);

    public void add(ReplayLine line) {
        line.refusal()
                .ifPresentOrElse(
                        refusal -> refused.merge(refusal, 1, Integer::sum),
                        () -> replayed.merge(line.code().orElseThrow(), 1, Integer::sum));
    }

    /** How many are replayed, by the code of their letter. */
    public Map<String, Integer> replayed() {
        return Collections.unmodifiableMap(replayed);
    }

    /** How many are not, by the reason. */
    public Map<ReplayRefusal, Integer> refused() {
        return Collections.unmodifiableMap(refused);
    }

    public int replayedInAll() {
        return sum(replayed);
    }

    public int refusedInAll() {
        return sum(refused);
    }

    private static int sum(Map<?, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }
}
