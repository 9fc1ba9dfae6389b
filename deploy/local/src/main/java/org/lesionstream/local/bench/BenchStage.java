package org.lesionstream.local.bench;

import java.util.Locale;

/** Stages that the worker can do without, by the words of its setting {@code lesionstream.bench.without}. */
public enum BenchStage {
    DECODE,
    INFERENCE,
    PERSIST,
    PUBLISH;

    /** The word of the setting. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
