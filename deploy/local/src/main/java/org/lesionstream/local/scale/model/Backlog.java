package org.lesionstream.local.scale.model;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import org.lesionstream.local.traffic.JobLane;

/**
 * A backlog that is there at once, and workers that are wanted one after the other: what the simulation says of a run that can be had for real.
 *
 * <ul>
 *   <li>The first workers own their partitions when the backlog comes; later ones start, and then take partitions from them.
 *   <li>Workers may slow each other down, as they do on shared cores; one that starts slows the others down as one that works.
 * </ul>
 */
public final class Backlog {

    private static final Set<JobLane> LANES = EnumSet.allOf(JobLane.class);

    /** Heartbeats after which the first workers have their partitions. */
    private static final int SETTLED = 4;

    /** No backlog takes longer than so many times what one slow worker needs for it. */
    private static final double PATIENCE = 10;

    /**
     * What came of it.
     *
     * @param clearSeconds from the publication of the jobs to the last answer
     * @param p95Seconds within which 95 of 100 jobs were answered
     */
    public record Outcome(double clearSeconds, double p95Seconds) {}

    /**
     * Workers that are wanted at some moment.
     *
     * @param atSeconds after the publication of the jobs
     * @param startSeconds from the wish to the first poll
     */
    public record Arrival(double atSeconds, int workers, double startSeconds) {
        public Arrival {
            if (!(atSeconds >= 0 && startSeconds >= 0)) {
                throw new IllegalArgumentException(
                        "atSeconds and startSeconds must not be negative, were " + atSeconds + " and " + startSeconds);
            }
            if (workers < 1) {
                throw new IllegalArgumentException("workers must be positive, was " + workers);
            }
        }
    }

    private final FleetFacts facts;
    private final IntFunction<ServiceTimes> times;
    private final int jobs;
    private final RandomGenerator random;
    private final Timeline timeline = new Timeline();
    private final Broker broker;
    private final ConsumerGroup group;
    private final double[] latencies;
    private int answered;
    private int workers;

    private Backlog(FleetFacts facts, IntFunction<ServiceTimes> times, int jobs, long seed) {
        if (jobs < 1) {
            throw new IllegalArgumentException("jobs must be positive, was " + jobs);
        }
        this.facts = facts;
        this.times = times;
        this.jobs = jobs;
        this.latencies = new double[jobs];
        SplittableRandom seeds = new SplittableRandom(seed);
        this.random = seeds.split();
        this.broker = new Broker(facts.partitions());
        this.group = new ConsumerGroup(timeline, seeds.split(), facts.heartbeatSeconds(), broker);
    }

    /**
     * Lets the workers clear the backlog.
     *
     * @param times how fast each worker is when there are so many of them
     * @param jobs each on a partition by chance
     * @param first workers that are there before
     * @param later workers that come, in the order of their moments
     */
    public static Outcome clear(
            FleetFacts facts, IntFunction<ServiceTimes> times, int jobs, int first, List<Arrival> later, long seed) {
        return new Backlog(facts, times, jobs, seed).run(first, later);
    }

    private Outcome run(int first, List<Arrival> later) {
        workers = first;
        for (int i = 0; i < first; i++) {
            join();
        }
        timeline.runUntil(SETTLED * facts.heartbeatSeconds());
        double start = timeline.now();
        later.forEach(arrival -> timeline.after(arrival.atSeconds(), () -> begin(arrival)));
        for (int i = 0; i < jobs; i++) {
            Job job = new Job(
                    JobLane.BACKFILL,
                    start,
                    Chance.geometric(random, times.apply(first).tilesPerImage()));
            broker.publish(List.of(job), random.nextInt(facts.partitions()));
        }
        double limit = start + PATIENCE * (facts.startSeconds() + jobs / slowest(first, later));
        while (answered < jobs && timeline.now() < limit) {
            timeline.runUntil(timeline.now() + 1);
        }
        if (answered < jobs) {
            throw new IllegalStateException(
                    answered + " of " + jobs + " jobs were answered in " + (limit - start) + " s");
        }
        Arrays.sort(latencies);
        return new Outcome(latencies[jobs - 1], Recorder.percentile(latencies, 95));
    }

    private void begin(Arrival arrival) {
        workers += arrival.workers();
        timeline.after(arrival.startSeconds(), () -> {
            for (int i = 0; i < arrival.workers(); i++) {
                join();
            }
        });
    }

    private void join() {
        group.join(
                new SimulatedWorker(timeline, () -> times.apply(workers), facts.maxInFlight(), broker, this::answered),
                LANES);
    }

    private void answered(Job job) {
        latencies[answered] = timeline.now() - job.wantedAt();
        answered++;
    }

    private double slowest(int first, List<Arrival> later) {
        int most = first + later.stream().mapToInt(Arrival::workers).sum();
        return Math.min(times.apply(first).imagesPerSecond(), times.apply(most).imagesPerSecond());
    }
}
