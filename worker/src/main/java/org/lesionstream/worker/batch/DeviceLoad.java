package org.lesionstream.worker.batch;

/**
 * How busy a device has been of late: the share of its time, in which the last second counts for as much as all before it
 * together, roughly. Confined to one thread; time is passed in.
 */
final class DeviceLoad {

    private static final double MEMORY_NANOS = 1e9;

    private double share;
    private long untilNanos;
    private boolean known;

    /** The device worked from one moment to another, after all that it did before. */
    void ran(long fromNanos, long toNanos) {
        double kept = Math.exp(-(toNanos - fromNanos) / MEMORY_NANOS);
        share = 1 - (1 - share(fromNanos)) * kept;
        untilNanos = toNanos;
        known = true;
    }

    /** 0 for a device that did nothing, towards 1 for one that never rests. */
    double share(long nowNanos) {
        return known ? share * Math.exp(-Math.max(0, nowNanos - untilNanos) / MEMORY_NANOS) : 0;
    }
}
