package org.lesionstream.trainer.training;

import java.time.Duration;
import java.util.function.LongSupplier;

/** The time of a run: over all processes that took part, of this one, and since it was kept last. Confined to the training thread. */
final class Stopwatch {
    private static final double NANOS = 1e9;

    private final Duration before;
    private final LongSupplier nanoClock;
    private final long start;
    private long lapStart;
    private long counted;

    /**
     * @param before time of earlier processes
     */
    Stopwatch(Duration before, LongSupplier nanoClock) {
        this.before = before;
        this.nanoClock = nanoClock;
        this.start = nanoClock.getAsLong();
        this.lapStart = start;
    }

    /** Time of the whole run. */
    Duration elapsed() {
        return before.plusNanos(nanoClock.getAsLong() - start);
    }

    boolean lapReached(Duration length) {
        return nanoClock.getAsLong() - lapStart >= length.toNanos();
    }

    void startLap() {
        lapStart = nanoClock.getAsLong();
    }

    /** So many samples more are done. */
    void count(int samples) {
        counted += samples;
    }

    /** Samples a second in this process; 0 before time has passed. */
    double perSecond() {
        long passed = nanoClock.getAsLong() - start;
        return passed == 0 ? 0 : counted * NANOS / passed;
    }

    /** Share of this process's time that some part of it is, 0 to 1. */
    double share(Duration part) {
        long passed = nanoClock.getAsLong() - start;
        return passed == 0 ? 0 : Math.min(1, (double) part.toNanos() / passed);
    }
}
