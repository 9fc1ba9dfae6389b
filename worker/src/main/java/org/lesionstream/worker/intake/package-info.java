/**
 * Kafka records to jobs, and finished jobs to offsets.
 *
 * <p>Comes in: messages of the job topics; finished envelopes through {@link
 * org.lesionstream.worker.delivery.Completions}. Goes out: {@link org.lesionstream.worker.intake.PolledMessage}, a valid
 * job or a refusal with its code; {@link org.lesionstream.worker.delivery.CommitTicket}, leave to publish with offsets.
 *
 * <p>{@link org.lesionstream.worker.intake.JobConsumer} is the only class that touches Kafka's consumer. What to commit
 * ({@link org.lesionstream.worker.intake.OffsetLedger}) and when to pause ({@link
 * org.lesionstream.worker.intake.IntakeGate}) are decided by plain values. Depends on {@code delivery}, {@code failure},
 * {@code telemetry}, {@code schemas} and the Kafka client; on no other stage.
 */
package org.lesionstream.worker.intake;
