package org.lesionstream.local.scale.model;

import java.util.EnumSet;
import java.util.Set;
import org.lesionstream.local.traffic.JobLane;

/** Which lanes the workers of each Deployment take jobs from; all are in one consumer group. */
public enum Layout {
    /** A Deployment that takes both lanes, urgent jobs first, and one for the backfill alone. */
    BACKFILL_APART,
    /** Two Deployments that both take both lanes. */
    ALL_SHARE,
    /** A Deployment for each lane, which takes that one alone. */
    LANES_APART,
    /** One Deployment that takes both lanes, with a trigger for each. */
    ONE_POOL;

    /** The lanes of the Deployment that is scaled by the urgent lane. */
    Set<JobLane> ofUrgentPool() {
        return this == LANES_APART ? EnumSet.of(JobLane.URGENT) : EnumSet.allOf(JobLane.class);
    }

    /** The lanes of the Deployment that is scaled by the backfill lane. */
    Set<JobLane> ofBackfillPool() {
        return this == ALL_SHARE ? EnumSet.allOf(JobLane.class) : EnumSet.of(JobLane.BACKFILL);
    }
}
