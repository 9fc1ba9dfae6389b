/**
 * Cases from disk to batches.
 *
 * <p>In: folders of images and masks. Out: prepared samples as plain bytes ({@link org.lesionstream.trainer.data.Sample}) and, per step,
 * one {@link org.lesionstream.trainer.data.Batch} of arrays. Pictures pass through the same decoder, geometry and tiler as in the worker,
 * so a network is trained on exactly the numbers it will be served. May depend on {@code schemas}, the engine's arrays, and what
 * {@code network} says about the sizes a network takes.
 */
package org.lesionstream.trainer.data;
