/**
 * Weights as plain arrays under their reference names, in files and in networks.
 *
 * <p>In: files of named arrays. Out: a {@link org.lesionstream.trainer.network.SegmentationNetwork} that holds them, and back. {@link
 * org.lesionstream.trainer.weights.WeightsFile} is the one that every checkpoint carries; {@link org.lesionstream.trainer.weights.ReferenceWeights} are those of
 * strangers, and {@link org.lesionstream.trainer.weights.StateDictImport} finds out whether they belong to a network. {@link
 * org.lesionstream.trainer.weights.WeightTransfer} starts a network from those of a published version.
 *
 * <p>May depend on {@code network}, the names of files in {@code schemas}, {@code graph} for its plain tensor, the normalisation of {@code data}, and DJL's arrays.
 */
package org.lesionstream.trainer.weights;
