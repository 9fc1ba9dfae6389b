package org.lesionstream.local.scale.model;

import java.util.List;
import java.util.OptionalDouble;

/**
 * What a day looked like. Times are in seconds.
 *
 * @param urgentImages that were answered, or should have been
 * @param missedShare of them that were not answered within the deadline
 * @param p50 latency of the answered ones, from the sender's wish to the answer; not a number where there were none
 * @param urgentPodHours of the urgent pool's pods, from the wish for each to its end
 * @param mostReplicas of both pools together
 * @param changes of the number of replicas
 * @param rebalances workers that joined or left a group
 * @param moves of partitions from one owner to another
 * @param takenAgain open jobs that a move gave to the next owner
 * @param backfillSeconds from the start of the backfill to its last answer; empty if the day was too short
 * @param backfillLeft images of the backfill without an answer
 * @param recoverySeconds from the return of the broker until as many urgent images were answered as had been wanted by then
 * @param curve minute by minute
 */
public record DayOutcome(
        long urgentImages,
        double missedShare,
        double p50,
        double p95,
        double p99,
        double worst,
        double urgentPodHours,
        double backfillPodHours,
        int mostReplicas,
        double meanReplicas,
        int changes,
        int rebalances,
        int moves,
        int takenAgain,
        OptionalDouble backfillSeconds,
        long backfillLeft,
        OptionalDouble recoverySeconds,
        List<Moment> curve) {

    /**
     * The fleet at one moment.
     *
     * @param at second of the day
     * @param ready workers that work, of both pools
     */
    public record Moment(
            double at, int urgentReplicas, int backfillReplicas, int ready, long urgentLag, long backfillLag) {}

    public DayOutcome {
        curve = List.copyOf(curve);
    }

    public double podHours() {
        return urgentPodHours + backfillPodHours;
    }
}
