package org.lesionstream.worker.backfill;

import java.time.Duration;

/** A clock that goes on when somebody waits, and stops a run at a given time. */
final class ManualTime implements Timekeeper {
    private final long stopAt;
    private long now;

    ManualTime() {
        this(Duration.ofDays(1));
    }

    ManualTime(Duration stopAt) {
        this.stopAt = stopAt.toNanos();
    }

    double seconds() {
        return now / 1e9;
    }

    void pass(Duration time) {
        now += time.toNanos();
    }

    @Override
    public long nanos() {
        return now;
    }

    @Override
    public void pause(Duration time) {
        now += time.toNanos();
    }

    @Override
    public boolean stopped() {
        return now >= stopAt;
    }
}
