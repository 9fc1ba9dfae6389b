/**
 * Kafka records to jobs, and finished jobs to offsets or acknowledgements.
 *
 * <p>Comes in: messages of the job topics; finished envelopes through {@link
 * org.lesionstream.worker.delivery.Completions}. Goes out: {@link org.lesionstream.worker.intake.PolledMessage}, a valid
 * job or a refusal with its code; {@link org.lesionstream.worker.delivery.CommitTicket}, leave to publish.
 *
 * <p>There are two ways in behind {@link org.lesionstream.worker.intake.JobIntake}. {@link
 * org.lesionstream.worker.intake.JobConsumer} shares a topic by partitions and has the offsets published with the answers; {@link
 * org.lesionstream.worker.intake.ShareIntake} shares it message by message and acknowledges each after its answer. These two and {@link
 * org.lesionstream.worker.intake.ShareHand} are the only classes that touch Kafka's consumers. What to commit ({@link
 * org.lesionstream.worker.intake.OffsetLedger}), when to pause ({@link org.lesionstream.worker.intake.IntakeGate}) and what is in work
 * ({@link org.lesionstream.worker.intake.ShareTable}) are decided by plain values. Depends on {@code delivery}, {@code failure},
 * {@code telemetry}, {@code schemas} and the Kafka client; on no other stage.
 */
package org.lesionstream.worker.intake;
