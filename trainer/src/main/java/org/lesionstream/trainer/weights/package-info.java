/**
 * Weights as plain arrays under their reference names, in files and in networks.
 *
 * <p>In: files of named arrays. Out: a {@link org.lesionstream.trainer.network.SegmentationNetwork} that holds them, and back. {@link
 * org.lesionstream.trainer.weights.WeightsFile} is the one that every checkpoint carries.
 *
 * <p>May depend on {@code network}, {@code graph} for its plain tensor, the normalisation of {@code data}, and DJL's arrays.
 */
package org.lesionstream.trainer.weights;
