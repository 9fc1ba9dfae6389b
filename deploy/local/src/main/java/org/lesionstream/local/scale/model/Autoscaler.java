package org.lesionstream.local.scale.model;

import java.util.List;
import java.util.Optional;

/**
 * Scales one pool as KEDA and Kubernetes do together: KEDA between none and one every polling interval, Kubernetes between one and many every sync
 * period. Of several triggers the one that asks for most counts.
 */
final class Autoscaler {

    private final Timeline timeline;
    private final PoolSettings settings;
    private final Pool pool;
    private final List<Trigger> triggers;
    private final HorizontalScaling scaling;
    private double activeAt;
    private int failures;

    Autoscaler(Timeline timeline, PoolSettings settings, Pool pool, List<Trigger> triggers) {
        this.timeline = timeline;
        this.settings = settings;
        this.pool = pool;
        this.triggers = List.copyOf(triggers);
        this.scaling = new HorizontalScaling(
                settings.up(), settings.down(), Math.max(1, settings.minReplicaCount()), settings.maxReplicaCount());
    }

    /** @param phase a share of both periods by which the first looks are late, so that pools do not look at the same moment */
    void start(double syncSeconds, double phase) {
        timeline.every(syncSeconds, phase * syncSeconds, this::sync);
        timeline.every(settings.pollingInterval(), phase * settings.pollingInterval(), this::poll);
    }

    private void sync() {
        int current = pool.replicas();
        if (current == 0) {
            return;
        }
        List<Trigger.Reading> readings = read();
        failures = readings.isEmpty() ? failures + 1 : 0;
        readings.stream()
                .map(reading -> reading.replicas(current))
                .max(Integer::compare)
                .or(() -> fallback(current))
                .ifPresent(wanted -> pool.scaleTo(scaling.next(timeline.now(), current, wanted)));
    }

    private Optional<Integer> fallback(int current) {
        return settings.fallback()
                .filter(fallback -> failures > fallback.failureThreshold())
                .map(fallback -> fallback.ifHigher() ? Math.max(current, fallback.replicas()) : fallback.replicas());
    }

    private void poll() {
        List<Trigger.Reading> readings = read();
        if (readings.isEmpty()) {
            return;
        }
        if (readings.stream().anyMatch(Trigger.Reading::active)) {
            activeAt = timeline.now();
            if (pool.replicas() == 0) {
                pool.scaleTo(Math.max(1, settings.minReplicaCount()));
            }
        } else if (settings.minReplicaCount() == 0
                && pool.replicas() > 0
                && timeline.now() - activeAt >= settings.cooldownPeriod()) {
            pool.scaleTo(0);
        }
    }

    private List<Trigger.Reading> read() {
        return triggers.stream().flatMap(trigger -> trigger.read().stream()).toList();
    }
}
