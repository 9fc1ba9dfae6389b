package org.lesionstream.local.scale.model;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.lesionstream.local.traffic.JobLane;

/**
 * Who owns which partition, by the consumer protocol (KIP-848) with the range assignor.
 *
 * <ul>
 *   <li>Every member gets its range of each topic that it subscribes to; members are ordered by their random ids.
 *   <li>Only partitions that move are interrupted: the old owner gives one back when its heartbeat tells it to, the new one begins when its own does.
 *   <li>Members beyond the number of partitions own nothing.
 * </ul>
 */
final class ConsumerGroup {

    private record Member(SimulatedWorker worker, Set<JobLane> lanes) {}

    private static final double RETRY_SECONDS = 1;

    private final Timeline timeline;
    private final RandomGenerator random;
    private final double heartbeatSeconds;
    private final Broker broker;
    private final TreeMap<Long, Member> members = new TreeMap<>();
    private final Map<Partition, SimulatedWorker> target = new HashMap<>();
    private final Set<Partition> moving = new HashSet<>();
    private int rebalances;
    private int moves;
    private int takenAgain;

    ConsumerGroup(Timeline timeline, RandomGenerator random, double heartbeatSeconds, Broker broker) {
        this.timeline = timeline;
        this.random = random;
        this.heartbeatSeconds = heartbeatSeconds;
        this.broker = broker;
    }

    /** @param lanes whose topics it subscribes to */
    void join(SimulatedWorker worker, Set<JobLane> lanes) {
        members.put(random.nextLong(), new Member(worker, lanes));
        rebalance();
    }

    /** The member is gone; what it had open waits for others. */
    void leave(SimulatedWorker worker) {
        if (!members.values().removeIf(member -> member.worker.equals(worker))) {
            throw new IllegalArgumentException("only a member can leave");
        }
        for (JobLane lane : JobLane.values()) {
            for (Partition partition : broker.topic(lane)) {
                if (isOwner(partition, worker)) {
                    revoke(partition, worker);
                }
            }
        }
        rebalance();
    }

    /** How often members came or went. */
    int rebalances() {
        return rebalances;
    }

    /** How many partitions went from one owner to another. */
    int moves() {
        return moves;
    }

    /** How many open jobs went with them. */
    int takenAgain() {
        return takenAgain;
    }

    private void rebalance() {
        rebalances++;
        target.clear();
        for (JobLane lane : JobLane.values()) {
            List<SimulatedWorker> subscribed = members.values().stream()
                    .filter(member -> member.lanes.contains(lane))
                    .map(Member::worker)
                    .toList();
            assignRanges(broker.topic(lane), subscribed);
            broker.topic(lane).forEach(this::settle);
        }
    }

    private void assignRanges(List<Partition> topic, List<SimulatedWorker> ordered) {
        int next = 0;
        for (int member = 0; member < ordered.size(); member++) {
            int share = topic.size() / ordered.size() + (member < topic.size() % ordered.size() ? 1 : 0);
            for (int i = 0; i < share; i++) {
                target.put(topic.get(next), ordered.get(member));
                next++;
            }
        }
    }

    /** Begins the way to the target, unless it is under way: it looks at the target again when it comes to an end. */
    private void settle(Partition partition) {
        if (moving.contains(partition) || partition.owner().equals(wanted(partition))) {
            return;
        }
        moving.add(partition);
        if (partition.owner().isPresent()) {
            atHeartbeat(() -> giveBack(partition));
        } else {
            atHeartbeat(() -> begin(partition));
        }
    }

    private void giveBack(Partition partition) {
        if (partition.owner().equals(wanted(partition))) { // the target has changed back
            moving.remove(partition);
            return;
        }
        partition.owner().ifPresent(owner -> revoke(partition, owner));
        atHeartbeat(() -> begin(partition));
    }

    private void begin(Partition partition) {
        moving.remove(partition);
        wanted(partition).filter(worker -> partition.owner().isEmpty()).ifPresent(worker -> {
            moves++;
            partition.assign(worker);
            worker.own(partition);
        });
        settle(partition);
    }

    private void revoke(Partition partition, SimulatedWorker owner) {
        owner.disown(partition);
        takenAgain += partition.revoke();
    }

    private Optional<SimulatedWorker> wanted(Partition partition) {
        return Optional.ofNullable(target.get(partition));
    }

    private static boolean isOwner(Partition partition, SimulatedWorker worker) {
        return partition.owner().filter(worker::equals).isPresent();
    }

    /** At some member's next heartbeat that the broker answers. */
    private void atHeartbeat(Runnable action) {
        timeline.after(random.nextDouble() * heartbeatSeconds, () -> {
            if (broker.isUp()) {
                action.run();
            } else {
                timeline.after(RETRY_SECONDS, () -> atHeartbeat(action));
            }
        });
    }
}
