/**
 * Answers to Kafka.
 *
 * <p>Comes in: {@link org.lesionstream.worker.delivery.Answer}s that the store has kept, and the offsets that may be
 * committed with them. Goes out: one Kafka transaction per call, with results, case results, dead letters and offsets
 * together ({@link org.lesionstream.worker.publish.TransactionalPublisher}). Jobs that come in over HTTP go out through
 * {@link org.lesionstream.worker.publish.JobSubmitter}; {@link org.lesionstream.worker.publish.TopicPlan} says what the
 * topics are like, {@link org.lesionstream.worker.publish.GroupPlan} and {@link org.lesionstream.worker.publish.ShareGroupPlan} what
 * the group of the workers is. Depends on {@code delivery}, {@code failure}, {@code telemetry}, {@code schemas} and the Kafka client;
 * on no other stage.
 */
package org.lesionstream.worker.publish;
