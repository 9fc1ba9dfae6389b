package org.lesionstream.local.traffic;

/** The two ways into the worker, with the names that their topics have by default. */
public enum JobLane {
    URGENT("image-jobs"),
    BACKFILL("image-jobs-backfill");

    private final String topic;

    JobLane(String topic) {
        this.topic = topic;
    }

    public String topic() {
        return topic;
    }
}
