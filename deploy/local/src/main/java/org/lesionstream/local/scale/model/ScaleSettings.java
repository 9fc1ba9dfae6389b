package org.lesionstream.local.scale.model;

/**
 * What a fleet's autoscalers are told.
 *
 * @param name a few words without spaces
 * @param idea what is different about it, in one sentence
 */
public record ScaleSettings(String name, String idea, Layout layout, PoolSettings urgent, PoolSettings backfill) {

    public ScaleSettings {
        if (!name.matches("[a-z0-9-]+")) {
            throw new IllegalArgumentException("name must be small letters, digits and dashes, was " + name);
        }
    }

    /** The most workers that may have to share one topic. */
    public int mostReplicas() {
        return switch (layout) {
            case BACKFILL_APART, ALL_SHARE -> urgent.maxReplicaCount() + backfill.maxReplicaCount();
            case LANES_APART -> Math.max(urgent.maxReplicaCount(), backfill.maxReplicaCount());
            case ONE_POOL -> urgent.maxReplicaCount();
        };
    }
}
