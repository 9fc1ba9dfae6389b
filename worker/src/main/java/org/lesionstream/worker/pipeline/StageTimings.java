package org.lesionstream.worker.pipeline;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** How long each stage took for one image, in the order of the stages, in milliseconds. Immutable. */
record StageTimings(Map<String, Double> millis) {
    static final StageTimings NONE = new StageTimings(Map.of());

    StageTimings {
        millis = Collections.unmodifiableMap(new LinkedHashMap<>(millis));
    }

    StageTimings with(String stage, long nanos) {
        Map<String, Double> more = new LinkedHashMap<>(millis);
        more.merge(stage, Math.round(nanos / 1e3) / 1e3, Double::sum);
        return new StageTimings(more);
    }
}
