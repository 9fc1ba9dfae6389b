package org.lesionstream.worker.delivery;

/**
 * The two classes of service that share one fleet; the declaration order is the order of service.
 *
 * <ul>
 *   <li>{@link #URGENT}: a clinician waits; served first at every hand-off.
 *   <li>{@link #BACKFILL}: old images; fills what the urgent lane leaves free.
 * </ul>
 */
public enum Lane {
    URGENT,
    BACKFILL
}
