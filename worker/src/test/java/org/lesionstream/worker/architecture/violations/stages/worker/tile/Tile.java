package org.lesionstream.worker.architecture.violations.stages.worker.tile;

/** What the other stage knows. */
public record Tile() {}
