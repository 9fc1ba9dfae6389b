package org.lesionstream.local.scale.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.lesionstream.local.traffic.JobLane;

/** A backlog that workers clear while more of them come: what {@code deploy/scale-sim --check} has real workers do as well. */
public final class ScaleOut {

    /** Before the jobs come, so that the first worker owns all partitions. */
    private static final double SETTLED = 30;

    private static final double LONGEST = 86_400;

    private ScaleOut() {}

    /**
     * When jobs are answered, in seconds after all of them were sent; ascending.
     *
     * @param joinsAt when the workers after the first one begin to poll, likewise; the first one is there before
     * @param slowness by how many workers there are, from one on: how many times as long everything takes on a machine that they share
     */
    public static List<Double> answeredAt(
            FleetFacts facts, ServiceTimes times, int jobs, List<Double> joinsAt, List<Double> slowness, long seed) {
        if (slowness.size() < joinsAt.size() + 1) {
            throw new IllegalArgumentException(
                    "slowness must have " + (joinsAt.size() + 1) + " values, had " + slowness.size());
        }
        SplittableRandom random = new SplittableRandom(seed);
        Timeline timeline = new Timeline();
        Broker broker = new Broker(facts.partitions());
        List<Double> answers = new ArrayList<>();
        ConsumerGroup group = new ConsumerGroup(timeline, random, facts.heartbeatSeconds(), broker);
        List<SimulatedWorker> workers = new ArrayList<>();
        Runnable join = () -> {
            SimulatedWorker worker = new SimulatedWorker(
                    timeline, times, facts.maxInFlight(), broker, job -> answers.add(timeline.now() - SETTLED));
            workers.add(worker);
            double slow = slowness.get(workers.size() - 1);
            workers.forEach(each -> each.slowDown(slow));
            group.join(worker, Set.of(JobLane.values()));
        };
        join.run();
        joinsAt.forEach(at -> timeline.at(SETTLED + at, join));
        timeline.at(SETTLED, () -> {
            for (int i = 0; i < jobs; i++) {
                Job job = new Job(JobLane.BACKFILL, timeline.now(), Dice.geometric(random, times.tilesPerImage()));
                broker.publish(List.of(job), random.nextInt(facts.partitions()));
            }
        });
        timeline.runUntil(SETTLED + LONGEST);
        return List.copyOf(answers);
    }
}
