/**
 * Comparison with reference data: what a published implementation computed, against the block and against its exported file.
 *
 * <p>In: safetensors files with weights, an input and outputs. Out: the largest relative error of each.
 *
 * <p>May depend on {@code network}, {@code graph}, {@code weights} and {@code export}.
 */
package org.lesionstream.trainer.golden;
