package org.lesionstream.trainer.benchmark;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;

/** A block run eagerly: finished floats in, logits of every head out. Every intermediate result lives until the run is over. */
final class EagerForward implements Forward {
    private static final float BYTE = 255;
    private static final double NANOS_PER_MILLI = 1e6;

    private final Block network;
    private final Shape images;

    EagerForward(Block network, Shape images) {
        this.network = network;
        this.images = images;
    }

    @Override
    public double millis(byte[] bytes) {
        float[] pixels = new float[bytes.length];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (bytes[i] & 0xff) / BYTE;
        }
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray batch = manager.create(pixels, images);
            long start = System.nanoTime();
            NDList logits = network.forward(new ParameterStore(manager, false), new NDList(batch), false);
            logits.forEach(NDArray::toFloatArray);
            return (System.nanoTime() - start) / NANOS_PER_MILLI;
        }
    }

    /** The block belongs to whoever built it. */
    @Override
    public void close() {}
}
