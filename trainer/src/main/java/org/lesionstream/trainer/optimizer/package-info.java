/**
 * How parameters follow their gradients: rules, learning rates, bounds, averages.
 *
 * <p>In: parameters with gradients, and how far a run is. Out: moved parameters. All state is plain arrays that can be read and put back, so a run can be interrupted
 * between any two steps. May depend on {@code term}, {@code graph} (plain tensors) and arrays of the engine.
 */
package org.lesionstream.trainer.optimizer;
