package org.lesionstream.trainer.evaluation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.lesionstream.trainer.export.InferenceMode;
import org.lesionstream.trainer.graph.NetworkCost;

/**
 * What a network is worth when it answers in one mode, and what that costs.
 *
 * @param mode which heads answered
 * @param cost of what those heads need
 * @param splits scores of each split
 * @param imagesPerSecond pictures over the time that the fp32 file took for their tiles, without reading, cutting and putting together
 */
public record PruningScore(
        InferenceMode mode, NetworkCost cost, Map<String, SplitScore> splits, double imagesPerSecond) {

    public PruningScore {
        splits = Collections.unmodifiableMap(new LinkedHashMap<>(splits));
    }
}
