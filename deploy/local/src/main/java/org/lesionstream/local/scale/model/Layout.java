package org.lesionstream.local.scale.model;

/** How the two lanes share workers. */
public enum Layout {
    /** A Deployment for each lane, all workers in one consumer group: every worker serves both lanes, urgent jobs first. */
    TWO_POOLS,
    /** One Deployment with a trigger for each lane. */
    ONE_POOL,
    /** A Deployment and a consumer group for each lane, whose workers serve that lane alone. */
    TWO_GROUPS
}
