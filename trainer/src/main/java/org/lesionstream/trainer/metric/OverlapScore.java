package org.lesionstream.trainer.metric;

/** A score of one label from its pixel counts: 1 for equal masks, 0 for disjoint ones, and 1 where both masks lack the label. */
public interface OverlapScore {

    /** The score, from 0 to 1. */
    double of(PixelCounts counts);
}
