package org.lesionstream.local.scale.model;

/**
 * What the cluster and the worker are like, whatever the autoscaler is told.
 *
 * @param partitions of each lane's topic: the most workers that can share it
 * @param startSeconds from the wish for a pod to its first poll: schedule, pull the image, start, warm up
 * @param startSpread share by which a start is shorter or longer at most
 * @param heartbeatSeconds how often a member of the group asks what is new; a partition that moves is idle for up to one of these
 * @param drainSeconds how long a worker that shall end finishes what is in flight
 * @param maxInFlight jobs of one lane in one worker
 * @param syncSeconds how often Kubernetes looks at its autoscalers
 */
public record FleetFacts(
        int partitions,
        double startSeconds,
        double startSpread,
        double heartbeatSeconds,
        double drainSeconds,
        int maxInFlight,
        double syncSeconds) {

    public FleetFacts {
        if (partitions < 1) {
            throw new IllegalArgumentException("partitions must be positive, was " + partitions);
        }
        if (!(startSeconds >= 0 && Double.isFinite(startSeconds))) {
            throw new IllegalArgumentException("startSeconds must not be negative, was " + startSeconds);
        }
        if (!(startSpread >= 0 && startSpread <= 1)) {
            throw new IllegalArgumentException("startSpread must be between 0 and 1, was " + startSpread);
        }
        if (!(heartbeatSeconds >= 0 && Double.isFinite(heartbeatSeconds))) {
            throw new IllegalArgumentException("heartbeatSeconds must not be negative, was " + heartbeatSeconds);
        }
        if (!(drainSeconds >= 0 && Double.isFinite(drainSeconds))) {
            throw new IllegalArgumentException("drainSeconds must not be negative, was " + drainSeconds);
        }
        if (maxInFlight < 1) {
            throw new IllegalArgumentException("maxInFlight must be positive, was " + maxInFlight);
        }
        if (!(syncSeconds > 0)) {
            throw new IllegalArgumentException("syncSeconds must be positive, was " + syncSeconds);
        }
    }

    /**
     * The defaults of Kafka (heartbeats of the consumer protocol), of Kubernetes (a look every 15 s) and of the worker (64 jobs in flight, 20 s to drain).
     * 48 partitions are four for each of the twelve workers that the manifests allow, so that hardly any owns many more than another. A start of 90 s is an
     * assumption: half of it for an image of some gigabytes on a node that has not got it.
     */
    public static FleetFacts usual() {
        return new FleetFacts(48, 90, 0.2, 5, 20, 64, 15);
    }

    /** The same with another start. */
    public FleetFacts startingIn(double seconds) {
        return new FleetFacts(
                partitions, seconds, startSpread, heartbeatSeconds, drainSeconds, maxInFlight, syncSeconds);
    }

    /** The same with other heartbeats. */
    public FleetFacts withHeartbeats(double seconds) {
        return new FleetFacts(partitions, startSeconds, startSpread, seconds, drainSeconds, maxInFlight, syncSeconds);
    }

    /** The same with other topics. */
    public FleetFacts withPartitions(int count) {
        return new FleetFacts(
                count, startSeconds, startSpread, heartbeatSeconds, drainSeconds, maxInFlight, syncSeconds);
    }
}
