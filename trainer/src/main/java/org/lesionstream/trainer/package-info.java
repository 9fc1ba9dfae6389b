/**
 * Trains segmentation networks and turns them into versioned checkpoints.
 *
 * <p>In: images with their masks. Out: a checkpoint folder that the worker loads, described by {@code schemas}; the two programs meet in those files alone.
 * The packages below this one are the steps, {@code cli} puts them together.
 */
package org.lesionstream.trainer;
