package org.lesionstream.worker.pipeline;

/** A stage that a measurement can do without; see {@link StandIns} for what takes its place. */
public enum ReplaceableStage {
    DECODE,
    INFERENCE,
    PERSIST,
    PUBLISH
}
