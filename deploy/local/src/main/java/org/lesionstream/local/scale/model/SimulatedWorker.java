package org.lesionstream.local.scale.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.lesionstream.local.traffic.JobLane;

/**
 * One worker: polls what it owns, batches tiles, answers.
 *
 * <ul>
 *   <li>Takes jobs as {@link LaneGate} allows, from its partitions in turn.
 *   <li>A batch holds urgent tiles first; backfill fills it as far as {@link ServiceTimes#batchWith} says.
 *   <li>A partition that moves away takes its open jobs along; what is computed for them here is lost, unless it is stored before the next owner begins.
 *   <li>While the broker is away it computes what it has and keeps the answers.
 * </ul>
 */
final class SimulatedWorker {

    private final Timeline timeline;
    private final Supplier<ServiceTimes> times;
    private final Broker broker;
    private final Answers answers;
    private final LaneGate gate;
    private final Map<JobLane, List<Partition>> owned = new EnumMap<>(JobLane.class);
    private final Map<JobLane, Integer> turn = new EnumMap<>(JobLane.class);
    private final Map<JobLane, Deque<Attempt>> tiles = new EnumMap<>(JobLane.class);
    private final Map<JobLane, Integer> inFlight = new EnumMap<>(JobLane.class);
    private final List<Attempt> unpublished = new ArrayList<>();
    private double busySeconds;
    private boolean busy;
    private boolean draining;
    private boolean ended;
    private Runnable whenEmpty = () -> {};

    /** Hears of every answer. */
    interface Answers {
        void answered(Job job);
    }

    SimulatedWorker(Timeline timeline, ServiceTimes times, int maxInFlight, Broker broker, Answers answers) {
        this(timeline, () -> times, maxInFlight, broker, answers);
    }

    /** @param times how fast it is now, which the company that it keeps may decide */
    SimulatedWorker(Timeline timeline, Supplier<ServiceTimes> times, int maxInFlight, Broker broker, Answers answers) {
        this.timeline = timeline;
        this.times = times;
        this.broker = broker;
        this.answers = answers;
        this.gate = new LaneGate(maxInFlight);
        for (JobLane lane : JobLane.values()) {
            owned.put(lane, new ArrayList<>());
            turn.put(lane, 0);
            tiles.put(lane, new ArrayDeque<>());
            inFlight.put(lane, 0);
        }
    }

    void own(Partition partition) {
        owned.get(partition.lane()).add(partition);
        work();
    }

    void disown(Partition partition) {
        owned.get(partition.lane()).remove(partition);
    }

    /** Time that its device has worked so far. */
    double busySeconds() {
        return busySeconds;
    }

    /** Takes nothing more, and says when nothing is in flight. */
    void drain(Runnable empty) {
        draining = true;
        whenEmpty = empty;
        tellIfEmpty();
    }

    /** Nothing more comes from here. */
    void end() {
        ended = true;
    }

    /** Something may have changed: takes what there is room for, and computes. */
    void work() {
        if (ended) {
            return;
        }
        if (broker.isUp() && !unpublished.isEmpty()) {
            List<Attempt> kept = List.copyOf(unpublished);
            unpublished.clear();
            kept.forEach(this::answer);
        }
        if (!draining && broker.isUp()) {
            take();
        }
        compute();
        tellIfEmpty();
    }

    private void take() {
        look();
        for (JobLane lane : JobLane.values()) { // in their order of service
            while (gate.isOpen(lane) && takeNext(lane)) {
                look();
            }
        }
    }

    private void look() {
        gate.look(inFlight.get(JobLane.URGENT), inFlight.get(JobLane.BACKFILL));
    }

    private boolean takeNext(JobLane lane) {
        List<Partition> partitions = owned.get(lane);
        for (int i = 0; i < partitions.size(); i++) {
            int next = (turn.get(lane) + i) % partitions.size();
            if (partitions.get(next).hasWaiting()) {
                turn.put(lane, next + 1);
                begin(partitions.get(next).take());
                return true;
            }
        }
        return false;
    }

    private void begin(Attempt attempt) {
        inFlight.merge(attempt.job().lane(), 1, Integer::sum);
        if (attempt.tilesLeft() == 0) {
            answerSoon(List.of(attempt));
        } else {
            tiles.get(attempt.job().lane()).add(attempt);
        }
    }

    private void compute() {
        if (busy || ended) {
            return;
        }
        int capacity = times.get().batchWith(urgentTiles());
        int size = 0;
        List<Attempt> complete = new ArrayList<>();
        for (JobLane lane : JobLane.values()) {
            size += batch(tiles.get(lane), capacity - size, complete);
        }
        if (size == 0) {
            return;
        }
        busy = true;
        double seconds = times.get().seconds(size);
        timeline.after(seconds, () -> {
            busy = false;
            busySeconds += seconds;
            if (!complete.isEmpty()) {
                answerSoon(complete);
            }
            compute();
        });
    }

    /** Urgent tiles that wait, counted no further than a batch needs. */
    private int urgentTiles() {
        int count = 0;
        for (Attempt attempt : tiles.get(JobLane.URGENT)) {
            count += attempt.tilesLeft();
            if (count >= times.get().batchTiles()) {
                break;
            }
        }
        return count;
    }

    private static int batch(Deque<Attempt> waiting, int room, List<Attempt> complete) {
        int taken = 0;
        while (taken < room && !waiting.isEmpty()) {
            Attempt first = waiting.element();
            int some = Math.min(room - taken, first.tilesLeft());
            first.batched(some);
            taken += some;
            if (first.tilesLeft() == 0) {
                complete.add(waiting.remove());
            }
        }
        return taken;
    }

    private void answerSoon(List<Attempt> complete) {
        timeline.after(times.get().otherSeconds(), () -> {
            complete.forEach(this::answer);
            work();
        });
    }

    private void answer(Attempt attempt) {
        if (ended) {
            return;
        }
        attempt.job().store();
        if (!broker.isUp()) {
            unpublished.add(attempt);
            return;
        }
        inFlight.merge(attempt.job().lane(), -1, Integer::sum);
        if (!attempt.isRevoked()) {
            attempt.partition().finish(attempt);
            answers.answered(attempt.job());
        }
    }

    private void tellIfEmpty() {
        if (draining && inFlight.values().stream().allMatch(count -> count == 0)) {
            Runnable tell = whenEmpty;
            whenEmpty = () -> {};
            tell.run();
        }
    }
}
