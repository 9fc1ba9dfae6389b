/**
 * Collects items that may share a batch until they are worth a run of the network.
 *
 * <p>In: items with a key (what makes them equal-shaped: the checkpoint) and a lane. Out: {@link
 * org.lesionstream.worker.batch.Batch}, with the reason of its release. Everything here is a plain decision over passed-in
 * time; nothing waits, sleeps or starts a thread.
 *
 * <p>May depend on the JDK, {@code schemas} and the worker's foundations.
 */
package org.lesionstream.worker.batch;
