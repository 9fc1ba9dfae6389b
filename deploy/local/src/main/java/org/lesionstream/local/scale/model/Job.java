package org.lesionstream.local.scale.model;

import org.lesionstream.local.traffic.JobLane;

/** One image to segment. */
final class Job {

    private final JobLane lane;
    private final double wantedAt;
    private final int tiles;
    private boolean stored;

    /** @param wantedAt when its sender wanted to send it, which an outage of the broker may delay */
    Job(JobLane lane, double wantedAt, int tiles) {
        this.lane = lane;
        this.wantedAt = wantedAt;
        this.tiles = tiles;
    }

    JobLane lane() {
        return lane;
    }

    double wantedAt() {
        return wantedAt;
    }

    int tiles() {
        return tiles;
    }

    /** Whether some worker has stored its outcome: who gets it again publishes that and computes nothing. */
    boolean isStored() {
        return stored;
    }

    void store() {
        stored = true;
    }
}
