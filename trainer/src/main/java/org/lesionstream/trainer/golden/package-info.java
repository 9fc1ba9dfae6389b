/**
 * Comparison with reference data: what a published implementation computed, against the block and against its exported file; losses with their gradients, weight
 * maps, steps of training, learning rates, deformations and scores of masks against ours.
 *
 * <p>In: safetensors files with weights, an input and outputs. Out: the largest relative error of each.
 *
 * <p>May depend on {@code network}, {@code graph}, {@code weights}, {@code export}, {@code loss}, {@code optimizer}, {@code data} and {@code metric}.
 */
package org.lesionstream.trainer.golden;
