package org.lesionstream.worker.inference;

import java.time.Duration;
import java.util.SortedMap;

/** A segmenter that holds the memory of its network until it is closed; afterwards it must not be used. */
interface LoadedSegmenter extends Segmenter, AutoCloseable {

    @Override
    void close();

    /**
     * A network that is ready for jobs.
     *
     * @param batchTimes the batch sizes that jobs use, each with the median time of one run
     */
    record Warm(LoadedSegmenter segmenter, SortedMap<Integer, Duration> batchTimes) {}
}
