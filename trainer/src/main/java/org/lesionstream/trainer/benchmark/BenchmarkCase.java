package org.lesionstream.trainer.benchmark;

import ai.djl.ndarray.types.Shape;
import java.math.BigInteger;
import java.util.Random;
import java.util.stream.LongStream;
import org.lesionstream.trainer.network.NetworkSpec;

/**
 * Which network is run on what.
 *
 * @param network with random weights
 * @param batch images at once, at least 1
 * @param height rows of each, at least 1; whether the network takes the size shows when it is built
 * @param width columns of each, at least 1; the bytes of the batch must fit into one Java array
 */
public record BenchmarkCase(NetworkSpec network, int batch, int height, int width) {
    private static final int SEED = 1;
    private static final int COLOURS = 3;

    public BenchmarkCase {
        requirePositive("batch", batch);
        requirePositive("height", height);
        requirePositive("width", width);
        BigInteger bytes = LongStream.of(batch, height, width, network.count("channels", COLOURS))
                .mapToObj(BigInteger::valueOf)
                .reduce(BigInteger.ONE, BigInteger::multiply);
        if (bytes.bitLength() >= Integer.SIZE) {
            throw new IllegalArgumentException("batch x height x width x channels must be below 2^31, was " + bytes);
        }
    }

    private static void requirePositive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be positive, was " + value);
        }
    }

    /** Channels of an image. */
    public int channels() {
        return network.count("channels", COLOURS);
    }

    /** Of the images, {@code [N, C, H, W]}. */
    Shape images() {
        return new Shape(batch, channels(), height, width);
    }

    /** The pixels of the batch, equal in every call. */
    byte[] pixels() {
        byte[] pixels = new byte[batch * channels() * height * width];
        new Random(SEED).nextBytes(pixels);
        return pixels;
    }

    /** One number for a square, rows and columns otherwise. */
    public String size() {
        return height == width ? Integer.toString(height) : height + "x" + width;
    }
}
