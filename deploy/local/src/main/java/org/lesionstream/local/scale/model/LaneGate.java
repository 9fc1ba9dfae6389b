package org.lesionstream.local.scale.model;

import java.util.EnumSet;
import org.lesionstream.local.traffic.JobLane;

/** From which lanes a worker takes jobs, by the rules of the worker's own gate: a full lane closes, and backfill closes while much is urgent. */
final class LaneGate {

    private final int capacity;
    private final EnumSet<JobLane> open = EnumSet.allOf(JobLane.class);

    LaneGate(int capacity) {
        this.capacity = capacity;
    }

    /** Notes how much is in flight. */
    void look(int urgent, int backfill) {
        set(JobLane.URGENT, urgent >= capacity, mayOpen(urgent));
        set(
                JobLane.BACKFILL,
                backfill >= capacity || 2 * urgent > capacity,
                mayOpen(backfill) && 4 * urgent <= capacity);
    }

    boolean isOpen(JobLane lane) {
        return open.contains(lane);
    }

    private boolean mayOpen(int own) {
        return 4 * own <= 3 * capacity && own < capacity;
    }

    private void set(JobLane lane, boolean mayClose, boolean mayOpen) {
        if (mayClose) {
            open.remove(lane);
        } else if (mayOpen) {
            open.add(lane);
        }
    }
}
