package org.lesionstream.trainer.graph;

import java.util.Arrays;

/**
 * A constant tensor that the network learned.
 *
 * @param value the tensor's place in the graph; its type says how the numbers are stored
 * @param name reference name, as in the state dict
 * @param tensor the numbers, already rounded to that type
 * @param layout order of the numbers in the stored file
 */
public record Weight(Value value, String name, FloatTensor tensor, Layout layout) {

    /** Orders of the numbers of a weight in memory. */
    public enum Layout {
        /** The last extent runs fastest. */
        ROW_MAJOR,
        /** Of a {@code [out, in, h, w]} weight, {@code in} runs fastest, then {@code w}: the order in which vector units like convolutions. */
        CHANNELS_LAST
    }

    public Weight {
        if (!value.shape().equals(Arrays.stream(tensor.shape()).boxed().toList())) {
            throw new IllegalArgumentException(
                    name + " has the shape " + Arrays.toString(tensor.shape()) + ", its value " + value.shape());
        }
        if (layout == Layout.CHANNELS_LAST && tensor.shape().length != 4) {
            throw new IllegalArgumentException(
                    "only weights of four extents can be channels last, " + name + " has " + tensor.shape().length);
        }
    }

    /** The numbers in the order of the layout. */
    public float[] storedValues() {
        if (layout == Layout.ROW_MAJOR) {
            return tensor.values();
        }
        int out = (int) tensor.shape()[0];
        int in = (int) tensor.shape()[1];
        int area = (int) (tensor.shape()[2] * tensor.shape()[3]);
        float[] stored = new float[out * in * area];
        for (int o = 0; o < out; o++) {
            for (int i = 0; i < in; i++) {
                for (int p = 0; p < area; p++) {
                    stored[(o * area + p) * in + i] = tensor.values()[(o * in + i) * area + p];
                }
            }
        }
        return stored;
    }

    /** Distance in the stored order between neighbours along each extent. */
    public long[] strides() {
        long[] shape = tensor.shape();
        if (layout == Layout.CHANNELS_LAST) {
            return new long[] {shape[1] * shape[2] * shape[3], 1, shape[3] * shape[1], shape[1]};
        }
        long[] strides = new long[shape.length];
        long step = 1;
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            strides[axis] = step;
            step *= shape[axis];
        }
        return strides;
    }
}
