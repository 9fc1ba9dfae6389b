/**
 * Cases from disk to batches.
 *
 * <p>In: folders of images and masks, volumes among them, or a CSV file that lists them. Out: prepared samples as plain bytes ({@link org.lesionstream.trainer.data.Sample}) and, per step,
 * one {@link org.lesionstream.trainer.data.Batch} of arrays. Pictures pass through the same decoder, geometry and tiler as in the worker,
 * so a network is trained on exactly the numbers it will be served. {@link org.lesionstream.trainer.data.BorderWeightMap} says how much
 * each pixel weighs. May depend on {@code schemas}, {@code term}, the engine's arrays, and what {@code network} says about the sizes a network takes.
 */
package org.lesionstream.trainer.data;
