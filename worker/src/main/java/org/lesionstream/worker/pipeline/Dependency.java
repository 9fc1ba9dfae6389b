package org.lesionstream.worker.pipeline;

/** What the worker cannot work without. */
public enum Dependency {
    DATABASE("the database"),
    BROKER("the Kafka broker");

    private final String label;

    Dependency(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }
}
