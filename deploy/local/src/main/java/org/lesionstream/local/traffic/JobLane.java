package org.lesionstream.local.demo;

/** The two ways into the worker, with the names that their topics have by default. */
enum JobLane {
    URGENT("image-jobs"),
    BACKFILL("image-jobs-backfill");

    private final String topic;

    JobLane(String topic) {
        this.topic = topic;
    }

    String topic() {
        return topic;
    }
}
