package org.lesionstream.local.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.lesionstream.local.report.Percentiles;

/**
 * What was seen of the worker under one load.
 *
 * @param log jobs and answers
 * @param seconds from the publication of the first job to that of the last answer
 * @param snapshots of the worker's metrics, before the first job, now and then, and after the last answer
 * @param cpuMillis processor time by role of thread
 * @param residentAtTenth memory in MiB when a tenth of the jobs was answered
 * @param residentAtEnd memory in MiB when all were
 */
record LoadResult(
        JobLog log,
        double seconds,
        List<MetricsSnapshot> snapshots,
        Map<ThreadRole, Double> cpuMillis,
        double residentAtTenth,
        double residentAtEnd) {

    LoadResult {
        snapshots = List.copyOf(snapshots);
        cpuMillis = Map.copyOf(cpuMillis);
        if (snapshots.size() < 2) {
            throw new IllegalArgumentException("snapshots must be at least two, were " + snapshots.size());
        }
    }

    /** What the worker counted during the load. */
    MetricsSnapshot work() {
        return snapshots.get(snapshots.size() - 1).since(snapshots.get(0));
    }

    double tilesPerSecond() {
        return work().sum("lesionstream_tiles_total") / seconds;
    }

    double jobsPerSecond() {
        return log.asked() / seconds;
    }

    /**
     * Median of a timer in milliseconds, as near as totals tell: each stretch between two snapshots counts with its mean, as often as the
     * timer ran in it.
     *
     * @param timer name without {@code _count} and {@code _sum}
     * @param label and {@code word} choose the samples; both empty for a timer without labels
     */
    double medianMillis(String timer, String label, String word) {
        List<Double> runs = new ArrayList<>();
        for (int i = 1; i < snapshots.size(); i++) {
            MetricsSnapshot stretch = snapshots.get(i).since(snapshots.get(i - 1));
            double count = amount(stretch, timer + "_count", label, word);
            if (count > 0) {
                double mean = amount(stretch, timer + "_sum", label, word) / count * 1000;
                runs.addAll(Collections.nCopies((int) count, mean));
            }
        }
        return new Percentiles(runs).median();
    }

    private static double amount(MetricsSnapshot stretch, String name, String label, String word) {
        return label.isEmpty() ? stretch.sum(name) : stretch.sum(name, label, word);
    }
}
