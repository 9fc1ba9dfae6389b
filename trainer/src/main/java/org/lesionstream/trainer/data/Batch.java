package org.lesionstream.trainer.data;

import ai.djl.ndarray.NDArray;
import java.util.Optional;

/**
 * The arrays of one forward pass; they belong to the manager that was given when they were made and are closed with it.
 *
 * @param images {@code [N, C, H, W]} float, normalised, channels_last in memory
 * @param target {@code [N, K, h, w]} float 0 or 1: the foreground for one map, one-hot over the classes otherwise
 * @param weights {@code [N, 1, h, w]} float, how much each pixel weighs; none where all weigh alike
 * @param size {@code N}
 */
public record Batch(NDArray images, NDArray target, Optional<NDArray> weights, int size) {}
