package org.lesionstream.schemas.checkpoint;

/** What the graph of a checkpoint returns. */
public enum OutputKind {
    /** One label and one confidence byte per pixel, decided in the graph; goes with geometry {@code tiles}. */
    LABELS,
    /** One probability byte per map and pixel, decided by the reader at source size; goes with geometry {@code fit}. */
    PROBABILITIES
}
