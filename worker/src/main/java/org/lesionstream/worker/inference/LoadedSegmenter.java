package org.lesionstream.worker.inference;

/** A segmenter that holds the memory of its network until it is closed; afterwards it must not be used. */
interface LoadedSegmenter extends Segmenter, AutoCloseable {

    @Override
    void close();
}
