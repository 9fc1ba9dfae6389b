/**
 * A fleet of workers under an autoscaler as a discrete-event model.
 *
 * <p>In: measured service times, facts of the cluster, a scenario, settings, a seed. Out: what a day looked like. Pure: no clock, no files, no
 * threads; the same seed gives the same day. Depends on the JDK, the lanes and the percentiles.
 *
 * <p>What happens when, from a job's wish to its answer: {@code Broker} puts it on a {@code Partition}; {@code ConsumerGroup} says which {@code
 * SimulatedWorker} owns that; the worker polls, batches and answers. Beside it {@code Autoscaler} reads a trigger, {@code HorizontalScaling} decides
 * as Kubernetes does, and {@code Pool} starts and ends pods.
 */
package org.lesionstream.local.scale.model;
