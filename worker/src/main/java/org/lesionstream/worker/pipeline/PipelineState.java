package org.lesionstream.worker.pipeline;

import java.util.EnumSet;
import java.util.Set;

/**
 * The life of the pipeline.
 *
 * <ul>
 *   <li>{@link #CREATED}: built, nothing runs.
 *   <li>{@link #WARMING}: checkpoints are loaded and every batch size is run once. Not ready.
 *   <li>{@link #RUNNING}: jobs are polled and answered. Ready.
 *   <li>{@link #DRAINING}: nothing new is polled; what is in flight is finished and committed. Not ready, alive.
 *   <li>{@link #STOPPED}: all loops have ended; what was not finished will be polled again by another worker.
 *   <li>{@link #FAILED}: a stage ended by itself, or the start failed. Not alive: the platform must restart the process.
 * </ul>
 */
public enum PipelineState {
    CREATED,
    WARMING,
    RUNNING,
    DRAINING,
    STOPPED,
    FAILED;

    private Set<PipelineState> successors() {
        return switch (this) {
            case CREATED -> EnumSet.of(WARMING, STOPPED);
            case WARMING -> EnumSet.of(RUNNING, STOPPED, FAILED);
            case RUNNING -> EnumSet.of(DRAINING, FAILED);
            case DRAINING -> EnumSet.of(STOPPED, FAILED);
            case FAILED -> EnumSet.of(STOPPED);
            case STOPPED -> EnumSet.noneOf(PipelineState.class);
        };
    }

    public boolean mayBecome(PipelineState next) {
        return successors().contains(next);
    }
}
