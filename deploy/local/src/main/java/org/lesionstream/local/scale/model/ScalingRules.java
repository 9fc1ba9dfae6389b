package org.lesionstream.local.scale.model;

import java.util.List;

/**
 * How fast Kubernetes may follow a recommendation in one direction; {@code behavior} of a HorizontalPodAutoscaler.
 *
 * @param windowSeconds the most cautious recommendation of so long counts
 * @param policies the one that allows most counts; none: no change in this direction
 */
public record ScalingRules(int windowSeconds, List<Policy> policies) {

    /** What a policy counts. */
    public enum Kind {
        PODS,
        PERCENT
    }

    /**
     * At most so much within so long.
     *
     * @param value pods, or percent of what there was
     */
    public record Policy(Kind kind, int value, int periodSeconds) {
        public Policy {
            if (value < 1) {
                throw new IllegalArgumentException("value must be positive, was " + value);
            }
            if (periodSeconds < 1) {
                throw new IllegalArgumentException("periodSeconds must be positive, was " + periodSeconds);
            }
        }
    }

    public ScalingRules {
        policies = List.copyOf(policies);
        if (windowSeconds < 0) {
            throw new IllegalArgumentException("windowSeconds must not be negative, was " + windowSeconds);
        }
    }

    /** What Kubernetes does upwards unless it is told otherwise: at once, by four pods or to the double every 15 s. */
    public static ScalingRules usualUp() {
        return new ScalingRules(0, List.of(new Policy(Kind.PODS, 4, 15), new Policy(Kind.PERCENT, 100, 15)));
    }

    /** What Kubernetes does downwards unless it is told otherwise: what was not needed for five minutes, all at once. */
    public static ScalingRules usualDown() {
        return new ScalingRules(300, List.of(new Policy(Kind.PERCENT, 100, 15)));
    }

    /** At most so many pods within so long. */
    public static ScalingRules pods(int windowSeconds, int pods, int periodSeconds) {
        return new ScalingRules(windowSeconds, List.of(new Policy(Kind.PODS, pods, periodSeconds)));
    }
}
