package org.lesionstream.worker.architecture.violations.streams.worker.decode;

/** A stage that prints. */
class Prints {
    void print() {
        System.out.println();
    }
}
