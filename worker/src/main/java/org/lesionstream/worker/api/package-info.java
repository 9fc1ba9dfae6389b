/**
 * Cases, jobs, masks and checkpoints over HTTP, described by the OpenAPI document at {@code /q/openapi}.
 *
 * <p>Comes in: questions, and jobs of those who do not speak Kafka. Goes out: JSON, masks as PNG, and problem documents (RFC
 * 9457) with a stable code. Depends on {@code persist} and {@code publish}; decides nothing about a job itself.
 */
package org.lesionstream.worker.api;
