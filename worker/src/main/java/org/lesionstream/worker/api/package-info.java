/**
 * Cases, jobs, masks, lesions, dead letters and checkpoints over HTTP, described by the OpenAPI document at {@code /q/openapi}.
 *
 * <p>Comes in: questions, and jobs of those who do not speak Kafka. Goes out: JSON, masks and overlays as PNG, lesions as CSV, and
 * problem documents (RFC 9457) with a stable code. What is dear (export, overlay, comparison) passes a {@code Turnstile}, so that
 * questions never take what jobs need. Depends on {@code persist}, {@code publish}, {@code replay} and {@code decode}, which fetches pictures
 * under the rules of jobs; decides nothing about a job itself.
 */
package org.lesionstream.worker.api;
