/**
 * What running a network costs on this machine, side by side as a block and as the exported files.
 *
 * <p>In: the text of a network. Out: times of forwards and of steps of training, and memory. May depend on {@code network}, {@code graph}, {@code export}, {@code loss} and {@code optimizer}.
 */
package org.lesionstream.trainer.benchmark;
