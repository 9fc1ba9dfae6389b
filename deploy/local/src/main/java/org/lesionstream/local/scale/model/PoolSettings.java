package org.lesionstream.local.scale.model;

import java.util.Optional;

/**
 * What the autoscaler of one Deployment is told; the names are those of KEDA's ScaledObject.
 *
 * @param minReplicaCount zero lets the pool vanish when nothing is to do
 * @param maxReplicaCount with those of the other pool no more than there are partitions
 * @param pollingInterval seconds between two looks whether the pool is active
 * @param cooldownPeriod seconds without activity after which the last worker ends, where zero is allowed
 * @param trigger what is looked at; absent for a pool that never changes
 * @param up rules upwards
 * @param down rules downwards
 * @param fallback what happens while the trigger has no answer; absent: nothing
 */
public record PoolSettings(
        int minReplicaCount,
        int maxReplicaCount,
        int pollingInterval,
        int cooldownPeriod,
        Optional<TriggerSettings> trigger,
        ScalingRules up,
        ScalingRules down,
        Optional<Fallback> fallback) {

    /**
     * How many workers there are when the trigger has failed more than so many times in a row.
     *
     * @param ifHigher whether a pool that is larger stays as it is ({@code currentReplicasIfHigher})
     */
    public record Fallback(int failureThreshold, int replicas, boolean ifHigher) {
        public Fallback {
            if (failureThreshold < 0) {
                throw new IllegalArgumentException("failureThreshold must not be negative, was " + failureThreshold);
            }
            if (replicas < 1) {
                throw new IllegalArgumentException("replicas must be positive, was " + replicas);
            }
        }
    }

    public PoolSettings {
        if (minReplicaCount < 0) {
            throw new IllegalArgumentException("minReplicaCount must not be negative, was " + minReplicaCount);
        }
        if (maxReplicaCount < minReplicaCount) {
            throw new IllegalArgumentException(
                    "maxReplicaCount must be at least " + minReplicaCount + ", was " + maxReplicaCount);
        }
        if (pollingInterval < 1) {
            throw new IllegalArgumentException("pollingInterval must be positive, was " + pollingInterval);
        }
        if (cooldownPeriod < 0) {
            throw new IllegalArgumentException("cooldownPeriod must not be negative, was " + cooldownPeriod);
        }
    }

    /** So many workers, always. */
    public static PoolSettings fixed(int replicas) {
        return new PoolSettings(
                replicas,
                replicas,
                30,
                300,
                Optional.empty(),
                ScalingRules.usualUp(),
                ScalingRules.usualDown(),
                Optional.empty());
    }

    /** What KEDA and Kubernetes do unless they are told otherwise. */
    public static PoolSettings usual(int min, int max, TriggerSettings trigger) {
        return new PoolSettings(
                min,
                max,
                30,
                300,
                Optional.of(trigger),
                ScalingRules.usualUp(),
                ScalingRules.usualDown(),
                Optional.empty());
    }

    public PoolSettings withTrigger(TriggerSettings other) {
        return new PoolSettings(
                minReplicaCount,
                maxReplicaCount,
                pollingInterval,
                cooldownPeriod,
                Optional.of(other),
                up,
                down,
                fallback);
    }

    public PoolSettings withRules(ScalingRules otherUp, ScalingRules otherDown) {
        return new PoolSettings(
                minReplicaCount,
                maxReplicaCount,
                pollingInterval,
                cooldownPeriod,
                trigger,
                otherUp,
                otherDown,
                fallback);
    }

    public PoolSettings withFallback(Fallback other) {
        return new PoolSettings(
                minReplicaCount,
                maxReplicaCount,
                pollingInterval,
                cooldownPeriod,
                trigger,
                up,
                down,
                Optional.of(other));
    }

    public PoolSettings withoutFallback() {
        return new PoolSettings(
                minReplicaCount, maxReplicaCount, pollingInterval, cooldownPeriod, trigger, up, down, Optional.empty());
    }

    public PoolSettings between(int min, int max) {
        return new PoolSettings(min, max, pollingInterval, cooldownPeriod, trigger, up, down, fallback);
    }

    public PoolSettings polling(int intervalSeconds, int cooldownSeconds) {
        return new PoolSettings(
                minReplicaCount, maxReplicaCount, intervalSeconds, cooldownSeconds, trigger, up, down, fallback);
    }
}
