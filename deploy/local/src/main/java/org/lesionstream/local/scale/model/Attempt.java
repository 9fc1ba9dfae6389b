package org.lesionstream.local.scale.model;

/** A job in a worker, from its poll to its answer. */
final class Attempt {

    private final Job job;
    private final Partition partition;
    private int tilesLeft;
    private boolean revoked;

    Attempt(Job job, Partition partition) {
        this.job = job;
        this.partition = partition;
        this.tilesLeft = job.isStored() ? 0 : job.tiles();
    }

    Job job() {
        return job;
    }

    Partition partition() {
        return partition;
    }

    int tilesLeft() {
        return tilesLeft;
    }

    /** So many of its tiles went into a batch. */
    void batched(int tiles) {
        tilesLeft -= tiles;
    }

    /** The partition moved away: whoever owns it now answers the job. */
    void revoke() {
        revoked = true;
    }

    boolean isRevoked() {
        return revoked;
    }
}
