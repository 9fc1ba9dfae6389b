/**
 * The words in which the stages speak of a message's way through the worker.
 *
 * <p>Comes in: what the intake knows of a polled message. Goes out: what the store kept and what is to be published and
 * committed for it. Everything here is an immutable value, or an interface that passes immutable values between two
 * threads. Depends on {@code schemas} alone, and on no stage.
 */
package org.lesionstream.worker.delivery;
