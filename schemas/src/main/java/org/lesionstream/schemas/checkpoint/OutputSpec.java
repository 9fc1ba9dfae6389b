package org.lesionstream.schemas.checkpoint;

/**
 * What the network computes and how it becomes labels.
 *
 * @param kind what the graph returns
 * @param maps output maps of the network: 1 is a sigmoid for the only class, more are a softmax with map 0 as background
 * @param threshold least probability of the only class that makes label 1, between 0 and 1; without meaning for a softmax
 */
public record OutputSpec(OutputKind kind, int maps, double threshold) {
    public OutputSpec {
        if (maps < 1 || maps > 256) {
            throw new IllegalArgumentException("maps must be from 1 to 256, was " + maps);
        }
        if (!(threshold > 0 && threshold < 1)) {
            throw new IllegalArgumentException("threshold must lie between 0 and 1, was " + threshold);
        }
    }
}
