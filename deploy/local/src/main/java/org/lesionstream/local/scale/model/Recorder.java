package org.lesionstream.local.scale.model;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import org.lesionstream.local.traffic.JobLane;

/** Writes down when jobs are answered. */
final class Recorder implements SimulatedWorker.Answers {

    private final Timeline timeline;
    private final Map<JobLane, Long> answered = new EnumMap<>(JobLane.class);
    private double[] urgentLatencies = new double[1024];
    private int urgent;

    Recorder(Timeline timeline) {
        this.timeline = timeline;
        for (JobLane lane : JobLane.values()) {
            answered.put(lane, 0L);
        }
    }

    @Override
    public void answered(Job job) {
        answered.merge(job.lane(), 1L, Long::sum);
        if (job.lane() == JobLane.URGENT) {
            if (urgent == urgentLatencies.length) {
                urgentLatencies = Arrays.copyOf(urgentLatencies, 2 * urgent);
            }
            urgentLatencies[urgent] = timeline.now() - job.wantedAt();
            urgent++;
        }
    }

    long answered(JobLane lane) {
        return answered.get(lane);
    }

    /** Latencies of the urgent jobs, ascending; a copy. */
    double[] urgentLatencies() {
        double[] sorted = Arrays.copyOf(urgentLatencies, urgent);
        Arrays.sort(sorted);
        return sorted;
    }

    /** The value by nearest rank; not a number where there is none. */
    static double percentile(double[] ascending, double percent) {
        if (ascending.length == 0) {
            return Double.NaN;
        }
        int rank = (int) Math.ceil(percent / 100 * ascending.length);
        return ascending[Math.max(1, rank) - 1];
    }
}
