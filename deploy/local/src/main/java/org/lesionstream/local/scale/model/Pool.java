package org.lesionstream.local.scale.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.lesionstream.local.traffic.JobLane;

/**
 * The pods of one Deployment, each with one worker.
 *
 * <ul>
 *   <li>A new pod costs from the moment when it is wanted, and works after its start.
 *   <li>Who is too many ends: pods that are still starting first, at once, then the youngest; a worker finishes what is in flight as long as it may.
 * </ul>
 */
final class Pool {

    private final Timeline timeline;
    private final FleetFacts facts;
    private final RandomGenerator random;
    private final Supplier<SimulatedWorker> makeWorker;
    private final ConsumerGroup group;
    private final Set<JobLane> lanes;
    private final List<Pod> wanted = new ArrayList<>(); // oldest first
    private final List<Pod> ending = new ArrayList<>();
    private double pastSeconds;
    private int changes;

    Pool(
            Timeline timeline,
            FleetFacts facts,
            RandomGenerator random,
            Supplier<SimulatedWorker> makeWorker,
            ConsumerGroup group,
            Set<JobLane> lanes) {
        this.timeline = timeline;
        this.facts = facts;
        this.random = random;
        this.makeWorker = makeWorker;
        this.group = group;
        this.lanes = lanes;
    }

    /** Begins with pods that have been there before. */
    void begin(int pods) {
        for (int i = 0; i < pods; i++) {
            Pod pod = new Pod();
            wanted.add(pod);
            pod.join();
        }
    }

    void scaleTo(int pods) {
        if (pods != wanted.size()) {
            changes++;
        }
        while (wanted.size() < pods) {
            Pod pod = new Pod();
            wanted.add(pod);
            double spread = (2 * random.nextDouble() - 1) * facts.startSpread();
            timeline.after(facts.startSeconds() * (1 + spread), pod::join);
        }
        while (wanted.size() > pods) {
            Pod pod = leastUseful();
            wanted.remove(pod);
            pod.end();
        }
    }

    /** Pods that there shall be. */
    int replicas() {
        return wanted.size();
    }

    /** Pods that work. */
    int ready() {
        return (int) wanted.stream().filter(pod -> pod.ready).count();
    }

    /** How often the number was changed. */
    int changes() {
        return changes;
    }

    /** Time of all pods together, from the wish to the end of each. */
    double podSeconds() {
        double running = 0;
        for (Pod pod : wanted) {
            running += timeline.now() - pod.since;
        }
        for (Pod pod : ending) {
            running += timeline.now() - pod.since;
        }
        return pastSeconds + running;
    }

    private Pod leastUseful() {
        for (int i = wanted.size() - 1; i >= 0; i--) {
            if (!wanted.get(i).ready) {
                return wanted.get(i);
            }
        }
        return wanted.get(wanted.size() - 1);
    }

    private final class Pod {
        private final double since = timeline.now();
        private final SimulatedWorker worker = makeWorker.get();
        private boolean ready;
        private boolean over;

        void join() {
            if (over) {
                return;
            }
            ready = true;
            group.join(worker, lanes);
        }

        void end() {
            if (!ready) {
                gone();
                return;
            }
            ending.add(this);
            timeline.after(facts.drainSeconds(), this::leave);
            worker.drain(this::leave);
        }

        private void leave() {
            if (!over) {
                worker.end();
                ending.remove(this);
                gone();
                group.leave(worker);
            }
        }

        private void gone() {
            over = true;
            pastSeconds += timeline.now() - since;
        }
    }
}
