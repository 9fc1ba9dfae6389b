package org.lesionstream.worker.intake;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.lesionstream.worker.delivery.Lane;

/**
 * Says from which lanes to take more work, by what is in flight.
 *
 * <ul>
 *   <li>A lane closes when as much of it is in flight as it may, and opens again when a quarter of that is free: each
 *       change of mind throws away what the client has fetched ahead, so it should not flutter.
 *   <li>Urgent before backfill: the backfill lane closes as soon as the urgent lane is more than half full, and opens again
 *       when that is less than a quarter full. Then all of the device serves the urgent lane.
 *   <li>Pure: the answer depends on the numbers that were given, in their order. Confined to the intake thread.
 * </ul>
 */
final class IntakeGate {
    private final int capacity;
    private final EnumSet<Lane> open = EnumSet.allOf(Lane.class);

    /** @param capacity messages of one lane in flight at which it closes */
    IntakeGate(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity must be positive, was " + capacity);
        }
        this.capacity = capacity;
    }

    /** Returns the lanes to take from, given how many messages of each are in flight. */
    Set<Lane> decide(Map<Lane, Integer> inFlight) {
        int urgent = inFlight.getOrDefault(Lane.URGENT, 0);
        EnumMap<Lane, Boolean> mayClose = new EnumMap<>(Lane.class);
        EnumMap<Lane, Boolean> mayOpen = new EnumMap<>(Lane.class);
        for (Lane lane : Lane.values()) {
            int own = inFlight.getOrDefault(lane, 0);
            mayClose.put(lane, own >= capacity);
            mayOpen.put(lane, 4L * own <= 3L * capacity && own < capacity);
        }
        mayClose.merge(Lane.BACKFILL, 2L * urgent > capacity, Boolean::logicalOr);
        mayOpen.merge(Lane.BACKFILL, 4L * urgent <= capacity, Boolean::logicalAnd);
        for (Lane lane : Lane.values()) {
            if (mayClose.get(lane)) {
                open.remove(lane);
            } else if (mayOpen.get(lane)) {
                open.add(lane);
            }
        }
        return EnumSet.copyOf(open);
    }
}
