package org.lesionstream.worker.intake;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.lesionstream.worker.delivery.Envelope;
import org.lesionstream.worker.delivery.Lane;
import org.lesionstream.worker.telemetry.WorkerMetric;
import org.lesionstream.worker.telemetry.WorkerMetrics;

/**
 * How much of each lane is in the worker, and how much waits on Kafka.
 *
 * <p>A message counts from the poll until it is handed back, also when its partition moves away in between: it fills the
 * hand-offs all the same. Written by the intake thread, read by any.
 */
final class LaneLoad {
    private final Set<Envelope> handedOut = new HashSet<>();
    private final Map<Lane, AtomicInteger> inFlight = new EnumMap<>(Lane.class);
    private final Map<Lane, AtomicInteger> paused = new EnumMap<>(Lane.class);
    private final Map<Lane, AtomicLong> lag = new EnumMap<>(Lane.class);

    LaneLoad(WorkerMetrics metrics) {
        for (Lane lane : Lane.values()) {
            inFlight.put(lane, new AtomicInteger());
            paused.put(lane, new AtomicInteger());
            lag.put(lane, new AtomicLong());
            metrics.gauge(WorkerMetric.IN_FLIGHT, inFlight.get(lane)::get, lane);
            metrics.gauge(WorkerMetric.LANE_PAUSED, paused.get(lane)::get, lane);
        }
    }

    /** Shows what waits on Kafka, too; for a consumer that knows it. */
    static LaneLoad withLag(WorkerMetrics metrics) {
        LaneLoad load = new LaneLoad(metrics);
        load.lag.forEach((lane, messages) -> metrics.gauge(WorkerMetric.LAG, messages::get, lane));
        return load;
    }

    void handedOut(Envelope envelope) {
        if (handedOut.add(envelope)) {
            inFlight.get(envelope.lane()).incrementAndGet();
        }
    }

    void handedBack(Envelope envelope) {
        if (handedOut.remove(envelope)) {
            inFlight.get(envelope.lane()).decrementAndGet();
        }
    }

    int inFlight(Lane lane) {
        return inFlight.get(lane).get();
    }

    void open(Set<Lane> lanes) {
        paused.forEach((lane, flag) -> flag.set(lanes.contains(lane) ? 0 : 1));
    }

    void lag(Map<Lane, Long> messages) {
        lag.forEach((lane, value) -> value.set(messages.getOrDefault(lane, 0L)));
    }
}
