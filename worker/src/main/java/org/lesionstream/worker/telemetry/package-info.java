/**
 * What operators see of the worker: metrics and log fields.
 *
 * <p>Comes in: numbers and ids from every stage. Goes out: meters of Micrometer, under the names that
 * {@link org.lesionstream.worker.telemetry.WorkerMetric} lists, and fields of the log context. Nothing that describes a
 * patient or an image passes through here. Depends on {@code delivery} and on {@code schemas}; on no stage.
 */
package org.lesionstream.worker.telemetry;
