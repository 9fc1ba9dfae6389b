/**
 * Failures and what they mean.
 *
 * <p>Comes in: a {@link org.lesionstream.schemas.message.FailureCode} that a stage threw. Goes out: the decision what
 * becomes of the job, and how long to wait before the next attempt. Pure; depends on {@code schemas} alone.
 */
package org.lesionstream.worker.failure;
