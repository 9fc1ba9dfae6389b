/**
 * The probes: what the platform is told about this worker.
 *
 * <p>Comes in: the pipeline's status and its loops. Goes out: started, ready, alive, each with its reasons. Health never
 * lies: not ready before every batch size has run once, not alive when a loop is stuck, alive while slow but
 * progressing. May depend on {@code pipeline} alone.
 */
package org.lesionstream.worker.health;
