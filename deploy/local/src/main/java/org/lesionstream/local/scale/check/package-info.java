/**
 * Compares the simulation with real workers: a backlog on this machine, cleared by one packaged worker and then by three.
 *
 * <p>In: {@link org.lesionstream.local.scale.check.CheckOptions}. Out: what the model predicted, what was measured, and their ratio. May depend on
 * the stack, {@code sample}, {@code traffic}, {@code report}, the sender and the log of {@code bench}, and the model.
 */
package org.lesionstream.local.scale.check;
