package org.lesionstream.trainer.data;

import java.nio.ByteBuffer;

/**
 * A batch before it reaches the engine, as plain values that any thread may make.
 *
 * @param pixels {@code [N, H, W, C]} bytes, direct
 * @param target {@code [N, K, h, w]}, 0 or 1
 * @param weights {@code [N, 1, h, w]}; empty where all pixels weigh alike
 * @param size {@code N}
 */
@SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
record PreparedBatch(ByteBuffer pixels, float[] target, float[] weights, int size) {}
