package org.lesionstream.local.scale.model;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalDouble;
import java.util.function.DoubleSupplier;

/** Images per second of work of the device, over the last hour: what one worker does when it is busy, at whatever load. */
final class RateWatch {

    private static final double PERIOD = 60;
    private static final int SAMPLES = 60;

    private record Sample(double answered, double busySeconds) {}

    private final DoubleSupplier answered;
    private final DoubleSupplier busySeconds;
    private final Deque<Sample> samples = new ArrayDeque<>();

    RateWatch(DoubleSupplier answered, DoubleSupplier busySeconds) {
        this.answered = answered;
        this.busySeconds = busySeconds;
    }

    void start(Timeline timeline) {
        timeline.every(PERIOD, 0, () -> {
            samples.add(now());
            if (samples.size() > SAMPLES) {
                samples.remove();
            }
        });
    }

    /** Empty before anything was done. */
    OptionalDouble imagesPerSecond() {
        if (samples.isEmpty()) {
            return OptionalDouble.empty();
        }
        Sample now = now();
        double images = now.answered - samples.element().answered;
        double seconds = now.busySeconds - samples.element().busySeconds;
        return images > 0 && seconds > 0 ? OptionalDouble.of(images / seconds) : OptionalDouble.empty();
    }

    private Sample now() {
        return new Sample(answered.getAsDouble(), busySeconds.getAsDouble());
    }
}
