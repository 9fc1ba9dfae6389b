package org.lesionstream.local.scale.model;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * From a recommendation to a number of pods, as a HorizontalPodAutoscaler goes there: the window holds back, then the policies, then the limits. Confined to
 * one simulation; the time is passed in.
 */
final class HorizontalScaling {

    private record Recommendation(double at, int replicas) {}

    private record Change(double at, int pods) {}

    private final ScalingRules up;
    private final ScalingRules down;
    private final int least;
    private final int most;
    private final Deque<Recommendation> recommendations = new ArrayDeque<>();
    private final Deque<Change> changes = new ArrayDeque<>();

    HorizontalScaling(ScalingRules up, ScalingRules down, int least, int most) {
        this.up = up;
        this.down = down;
        this.least = least;
        this.most = most;
    }

    /** How many pods there shall be, when there are {@code current} and the metric asks for {@code wanted}. */
    int next(double now, int current, int wanted) {
        recommendations.add(new Recommendation(now, wanted));
        int stable = stabilised(now, current, wanted);
        int next = Math.max(least, Math.min(most, stable));
        if (next > current) {
            next = Math.min(next, Math.max(current, upperLimit(now, current)));
        } else if (next < current) {
            next = Math.max(next, Math.min(current, lowerLimit(now, current)));
        }
        if (next != current) {
            changes.add(new Change(now, next - current));
        }
        forget(now);
        return next;
    }

    private int stabilised(double now, int current, int wanted) {
        int upTo = wanted;
        int downTo = wanted;
        for (Recommendation each : recommendations) {
            if (each.at >= now - up.windowSeconds()) {
                upTo = Math.min(upTo, each.replicas);
            }
            if (each.at >= now - down.windowSeconds()) {
                downTo = Math.max(downTo, each.replicas);
            }
        }
        return Math.min(Math.max(current, upTo), downTo);
    }

    private int upperLimit(double now, int current) {
        int limit = current;
        for (ScalingRules.Policy policy : up.policies()) {
            int before = current - change(now, policy.periodSeconds());
            limit = Math.max(
                    limit,
                    policy.kind() == ScalingRules.Kind.PODS
                            ? before + policy.value()
                            : (int) Math.ceil(before * (1 + policy.value() / 100.0)));
        }
        return limit;
    }

    private int lowerLimit(double now, int current) {
        int limit = current;
        for (ScalingRules.Policy policy : down.policies()) {
            int before = current - change(now, policy.periodSeconds());
            limit = Math.min(
                    limit,
                    policy.kind() == ScalingRules.Kind.PODS
                            ? before - policy.value()
                            : (int) (before * (1 - policy.value() / 100.0)));
        }
        return limit;
    }

    /** By how many pods the number grew in the last so many seconds. */
    private int change(double now, int seconds) {
        return changes.stream()
                .filter(change -> change.at > now - seconds)
                .mapToInt(Change::pods)
                .sum();
    }

    private void forget(double now) {
        int window = Math.max(up.windowSeconds(), down.windowSeconds());
        while (!recommendations.isEmpty() && recommendations.element().at < now - window) {
            recommendations.remove();
        }
        int period = Math.max(longestPeriod(up), longestPeriod(down));
        while (!changes.isEmpty() && changes.element().at <= now - period) {
            changes.remove();
        }
    }

    private static int longestPeriod(ScalingRules rules) {
        return rules.policies().stream()
                .mapToInt(ScalingRules.Policy::periodSeconds)
                .max()
                .orElse(0);
    }
}
