package org.lesionstream.local.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.lesionstream.local.traffic.JobLane;

/**
 * When a job goes out, after the beginning of its load, and on which lane.
 *
 * @param number of the job in its load, which also chooses its picture
 */
record Departure(long atMillis, JobLane lane, int number) {

    /** Everything at once. */
    static List<Departure> backlog(int jobs) {
        List<Departure> departures = new ArrayList<>();
        for (int i = 0; i < jobs; i++) {
            departures.add(new Departure(0, JobLane.BACKFILL, i));
        }
        return List.copyOf(departures);
    }

    /**
     * Jobs that know nothing of each other, by a Poisson process; the lanes take turns.
     *
     * @param perSecond how many on average
     */
    static List<Departure> atRandom(int jobs, double perSecond, long seed) {
        if (!(perSecond > 0)) {
            throw new IllegalArgumentException("perSecond must be positive, was " + perSecond);
        }
        Random random = new Random(seed);
        List<Departure> departures = new ArrayList<>();
        double seconds = 0;
        for (int i = 0; i < jobs; i++) {
            seconds -= Math.log(1 - random.nextDouble()) / perSecond;
            JobLane lane = i % 2 == 0 ? JobLane.URGENT : JobLane.BACKFILL;
            departures.add(new Departure(Math.round(seconds * 1000), lane, i));
        }
        return List.copyOf(departures);
    }

    /**
     * A backlog, and urgent jobs evenly over the time that it is expected to take, none of them near its end.
     *
     * @param spanSeconds time that the backlog took by itself
     */
    static List<Departure> backlogWithTrickle(int jobs, int urgent, double spanSeconds) {
        List<Departure> departures = new ArrayList<>(backlog(jobs));
        for (int i = 0; i < urgent; i++) {
            double share = 0.05 + 0.8 * i / urgent;
            departures.add(new Departure(Math.round(spanSeconds * share * 1000), JobLane.URGENT, jobs + i));
        }
        departures.sort(Comparator.comparingLong(Departure::atMillis));
        return List.copyOf(departures);
    }
}
