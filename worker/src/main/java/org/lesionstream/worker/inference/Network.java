package org.lesionstream.worker.inference;

import java.time.Duration;
import java.util.SortedMap;

/** A network in memory that stays there until this is closed. Safe for use by several threads; close it once. */
public interface Network extends AutoCloseable {

    Segmenter segmenter();

    /** The fixed batch sizes, each with the median time of one run, as measured in the warm-up. Never empty. */
    SortedMap<Integer, Duration> batchTimes();

    @Override
    void close();
}
