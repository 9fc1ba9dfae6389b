package org.lesionstream.trainer.graph;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * An array of floats with its extents, row-major: plain Java values, free of any engine.
 *
 * @param shape extents, outermost first; empty for a single number
 * @param values as many numbers as the extents multiply to; not copied, the tensor owns them from here on
 */
@SuppressWarnings("ArrayRecordComponent") // weights are large: they are handed on, never copied or compared
public record FloatTensor(long[] shape, float[] values) {

    public FloatTensor {
        long count = Arrays.stream(shape).reduce(1, Math::multiplyExact);
        if (count != values.length) {
            throw new IllegalArgumentException(
                    "shape " + Arrays.toString(shape) + " needs " + count + " values, was " + values.length);
        }
    }

    /** The numbers as raw bytes, little endian. */
    public byte[] littleEndian() {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes.array();
    }
}
