package org.lesionstream.trainer.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.lesionstream.trainer.graph.FloatTensor;

/**
 * A tensor as a pickle describes it: a view of a storage, in which elements may lie in any order and with gaps.
 *
 * <p>Every element lies within the storage, and there are no more elements than the storage holds, so that a small file cannot describe a huge tensor.
 *
 * @param storage where the elements lie
 * @param offset index of the first element
 * @param shape extents, outermost first
 * @param strides distance between neighbours along each extent, in elements
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and the one that made it hands it on
record TensorReference(StorageReference storage, long offset, long[] shape, long[] strides) {
    TensorReference {
        if (shape.length != strides.length) {
            throw new IllegalArgumentException(
                    "a tensor has %d extents and %d strides".formatted(shape.length, strides.length));
        }
        if (offset < 0
                || Arrays.stream(shape).anyMatch(extent -> extent < 0)
                || Arrays.stream(strides).anyMatch(stride -> stride < 0)
                || exceeds(storage.count(), offset, shape, strides)) {
            throw new IllegalArgumentException(
                    "a tensor of shape %s, strides %s and offset %d does not lie within the %d elements of storage %s"
                            .formatted(
                                    Arrays.toString(shape),
                                    Arrays.toString(strides),
                                    offset,
                                    storage.count(),
                                    Printable.of(storage.key())));
        }
    }

    @SuppressWarnings("UnusedException") // a number that overflows exceeds every storage
    private static boolean exceeds(long stored, long offset, long[] shape, long[] strides) {
        try {
            long count = count(shape);
            return count > stored || (count > 0 && Math.addExact(offset, span(shape, strides)) > stored);
        } catch (ArithmeticException overflow) {
            return true;
        }
    }

    private static long count(long[] shape) {
        return Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }

    /** Elements from the first to the last one, gaps included. */
    private static long span(long[] shape, long[] strides) {
        long last = 0;
        for (int axis = 0; axis < shape.length; axis++) {
            last = Math.addExact(last, Math.multiplyExact(shape[axis] - 1, strides[axis]));
        }
        return last + 1;
    }

    /** Bytes of the file that must be read for this tensor. */
    long spanInBytes() {
        return count(shape) == 0 ? 0 : span(shape, strides) * storage.type().bytes();
    }

    /**
     * Reads the elements in the order of the shape.
     *
     * @throws IOException when they are not in the file, or are too many for one array
     */
    FloatTensor read(Storages storages) throws IOException {
        long span = spanInBytes();
        if (span > Integer.MAX_VALUE) {
            throw new IOException("a tensor of shape " + Arrays.toString(shape) + " is larger than 2 GiB");
        }
        StoredType type = storage.type();
        ByteBuffer elements = storages.read(storage, span == 0 ? 0 : offset * type.bytes(), (int) span);
        float[] values = new float[(int) count(shape)];
        long[] position = new long[shape.length];
        long index = 0;
        for (int i = 0; i < values.length; i++) {
            values[i] = type.element(elements, (int) index);
            for (int axis = shape.length - 1; axis >= 0; axis--) { // steps like the wheels of a counter
                index += strides[axis];
                if (++position[axis] < shape[axis]) {
                    break;
                }
                index -= strides[axis] * shape[axis];
                position[axis] = 0;
            }
        }
        return new FloatTensor(shape, values);
    }
}
