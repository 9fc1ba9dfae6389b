package org.lesionstream.worker.architecture.violations.clock.worker.batch;

/** A decision that looks at the clock. */
record ReadsTheClock(long nanos) {
    ReadsTheClock() {
        this(System.nanoTime());
    }
}
