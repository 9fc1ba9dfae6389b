package org.lesionstream.trainer.training;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.lesionstream.trainer.graph.FloatTensor;

/**
 * A run as it stands between two steps.
 *
 * @param progress how far it is
 * @param arrays weights, the best weights so far, and what the optimizer keeps, by name
 */
public record RunSnapshot(RunProgress progress, Map<String, FloatTensor> arrays) {

    public RunSnapshot {
        arrays = Collections.unmodifiableMap(new LinkedHashMap<>(arrays));
    }
}
