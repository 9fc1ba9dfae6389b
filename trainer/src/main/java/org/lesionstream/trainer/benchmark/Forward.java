package org.lesionstream.trainer.benchmark;

/** Something that can be run once on the pixels of a case. */
interface Forward extends AutoCloseable {

    /** Runs once and says how many milliseconds that took, from arrays of the engine to the result in Java. */
    double millis(byte[] pixels);

    @Override
    void close();
}
