package org.lesionstream.worker.architecture.violations.exceptions.worker.decode;

/** A failure without a code. */
class ThrowsAnything {
    void fail() {
        throw new RuntimeException("on purpose");
    }
}
