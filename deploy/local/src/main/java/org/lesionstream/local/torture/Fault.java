package org.lesionstream.local.torture;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/**
 * One fault of a schedule.
 *
 * @param number counted from 1
 * @param kind what happens
 * @param choice decides among what there is to choose from, such as the worker; not negative
 * @param hold how long it lasts
 * @param calm how long nothing else happens afterwards
 */
record Fault(int number, FaultKind kind, int choice, Duration hold, Duration calm) {

    private static final int LONGEST_HOLD_MILLIS = 6_000;
    /** Longer than the group waits for a member that says nothing. */
    private static final int LONGEST_PAUSE_MILLIS = 11_000;

    private static final int LONGEST_CALM_MILLIS = 4_000;

    /**
     * A schedule in which every kind comes equally often, in an order and with times that follow from the seed alone.
     *
     * @param wanted at least one kind
     */
    static List<Fault> schedule(int faults, Set<FaultKind> wanted, long seed) {
        Random random = new Random(seed);
        List<Fault> schedule = new ArrayList<>();
        List<FaultKind> kinds = new ArrayList<>();
        for (int number = 1; number <= faults; number++) {
            if (kinds.isEmpty()) {
                kinds.addAll(new TreeSet<>(wanted)); // a set has no order of its own
                Collections.shuffle(kinds, random);
            }
            FaultKind kind = kinds.remove(kinds.size() - 1);
            int longest = kind == FaultKind.PAUSE_WORKER ? LONGEST_PAUSE_MILLIS : LONGEST_HOLD_MILLIS;
            schedule.add(new Fault(
                    number,
                    kind,
                    random.nextInt(1 << 16),
                    Duration.ofMillis(500 + random.nextInt(longest)),
                    Duration.ofMillis(random.nextInt(LONGEST_CALM_MILLIS))));
        }
        return List.copyOf(schedule);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "%2d  %-26s %5.1f s, then %.1f s", number, kind.word(), seconds(hold), seconds(calm));
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1000.0;
    }
}
