package org.lesionstream.trainer.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;

/**
 * The operations that DJL's PyTorch engine lacks: resizing, zero padding, slices, transposed convolutions and instance normalisation.
 *
 * <p>All let gradients through. An array that is not a real one, but stands for an image while a network is being recorded, implements {@link Recorded}
 * and is asked to do the operation itself.
 */
public final class ImageOperations {
    private static final Shape NONE = new Shape(0, 0);
    private static final Shape ONE = new Shape(1, 1);
    private static final float EPSILON = 1e-5f;

    private ImageOperations() {}

    /** What an array must offer to take part when it holds no numbers. A bias or scale may be null. */
    public interface Recorded {
        /** See {@link ImageOperations#resize}. */
        NDArray resize(Resizing way, long height, long width);

        /** See {@link ImageOperations#pad}. */
        NDArray pad(long top, long bottom, long left, long right);

        /** See {@link ImageOperations#slice}. */
        NDArray slice(int axis, long from, long to);

        /** See {@link ImageOperations#upConvolution}. */
        NDArray upConvolution(NDArray weight, NDArray bias);

        /** See {@link ImageOperations#instanceNorm}. */
        NDArray instanceNorm(NDArray scale, NDArray offset, float epsilon);

        /** See {@link Layers#dropBranch}. */
        NDArray dropBranch(float probability);
    }

    /**
     * Another size: a matrix from the left and one from the right.
     *
     * @param x {@code [N, C, H, W]}
     * @return {@code [N, C, height, width]}, or {@code x} itself when it has that size
     */
    public static NDArray resize(NDArray x, Resizing way, long height, long width) {
        if (x.getShape().get(2) == height && x.getShape().get(3) == width) {
            return x;
        }
        if (x instanceof Recorded recorded) {
            return recorded.resize(way, height, width);
        }
        NDArray columns = matrix(x, way, x.getShape().get(3), width).transpose(); // [W, width]
        NDArray rows = matrix(x, way, x.getShape().get(2), height); // [height, H]
        return rows.matMul(x.matMul(columns));
    }

    /** The size times a whole number. */
    static NDArray enlarge(NDArray x, Resizing way, int times) {
        return resize(x, way, times * x.getShape().get(2), times * x.getShape().get(3));
    }

    private static NDArray matrix(NDArray x, Resizing way, long from, long to) {
        float[] weights = way.matrix(Math.toIntExact(from), Math.toIntExact(to));
        return x.getManager()
                .create(weights, new Shape(to, from))
                .toType(x.getDataType(), false)
                .toDevice(x.getDevice(), false);
    }

    /**
     * Zeros around an image.
     *
     * @param x {@code [N, C, H, W]}
     * @return {@code [N, C, top + H + bottom, left + W + right]}, or {@code x} itself when there is nothing to add
     */
    public static NDArray pad(NDArray x, long top, long bottom, long left, long right) {
        if (top == 0 && bottom == 0 && left == 0 && right == 0) {
            return x;
        }
        if (x instanceof Recorded recorded) {
            return recorded.pad(top, bottom, left, right);
        }
        return padAxis(padAxis(x, 2, top, bottom), 3, left, right);
    }

    /** Places {@code from} to {@code to - 1} along one axis. */
    public static NDArray slice(NDArray x, int axis, long from, long to) {
        if (from == 0 && to == x.getShape().get(axis)) {
            return x;
        }
        if (x instanceof Recorded recorded) {
            return recorded.slice(axis, from, to);
        }
        NDIndex index = new NDIndex();
        for (int before = 0; before < axis; before++) {
            index.addAllDim();
        }
        return x.get(index.addSliceDim(from, to));
    }

    /**
     * The middle of an image.
     *
     * @param x {@code [N, C, H, W]}
     * @return {@code [N, C, height, width]}, what is left over being one larger below and right where it is odd
     */
    static NDArray crop(NDArray x, long height, long width) {
        long top = (x.getShape().get(2) - height) / 2;
        long left = (x.getShape().get(3) - width) / 2;
        return slice(slice(x, 2, top, top + height), 3, left, left + width);
    }

    /**
     * Transposed convolution with stride 2, by a 2 x 2 kernel without padding or a 4 x 4 kernel with padding 1: y[n, o, 2r + i - p, 2c + j - p] sums b[o] and
     * x[n, k, r, c] w[k, o, i, j].
     *
     * <p>Windows of 2 x 2 do not overlap: a 1 x 1 convolution to four times the channels whose results are then laid out as 2 x 2 pixels. A 4 x 4 kernel is
     * four of 2 x 2, whose images are laid over each other, shifted by two pixels.
     *
     * @param x {@code [N, in, H, W]}
     * @param weight {@code [in, out, kernel, kernel]}
     * @param bias {@code [out]} or null
     * @return {@code [N, out, 2H, 2W]}
     */
    public static NDArray upConvolution(NDArray x, NDArray weight, NDArray bias) {
        if (x instanceof Recorded recorded) {
            return recorded.upConvolution(weight, bias);
        }
        NDArray y = weight.getShape().get(2) == 2 ? apart(x, weight) : overlapping(x, weight);
        return bias == null ? y : y.add(bias.reshape(1, bias.size(), 1, 1));
    }

    private static NDArray apart(NDArray x, NDArray weight) {
        long n = x.getShape().get(0);
        long in = weight.getShape().get(0);
        long out = weight.getShape().get(1);
        long height = x.getShape().get(2);
        long width = x.getShape().get(3);
        NDArray pointwise = weight.reshape(in, 4 * out).transpose().reshape(4 * out, in, 1, 1); // [4 out, in, 1, 1]
        NDArray spread = x.getNDArrayInternal()
                .convolution(x, pointwise, null, ONE, NONE, ONE, 1)
                .singletonOrThrow(); // [N, out * 2 * 2, H, W]
        return spread.reshape(n, out, 2, 2, height, width)
                .transpose(0, 1, 4, 2, 5, 3) // [N, out, H, 2, W, 2]
                .reshape(n, out, 2 * height, 2 * width);
    }

    private static NDArray overlapping(NDArray x, NDArray weight) {
        NDArray sum = null;
        for (int down = 0; down <= 2; down += 2) {
            for (int right = 0; right <= 2; right += 2) {
                NDArray quarter = slice(slice(weight, 2, down, down + 2), 3, right, right + 2); // [in, out, 2, 2]
                NDArray shifted = pad(apart(x, quarter), down, 2 - down, right, 2 - right); // [N, out, 2H + 2, 2W + 2]
                sum = sum == null ? shifted : sum.add(shifted);
            }
        }
        return crop(sum, sum.getShape().get(2) - 2, sum.getShape().get(3) - 2);
    }

    /**
     * (x - mean) / sqrt(variance + 1e-5) over the last two axes, with the biased variance; then scale and offset of each entry of axis 1, unless they are null.
     *
     * @param x {@code [N, C, H, W]}
     */
    public static NDArray instanceNorm(NDArray x, NDArray scale, NDArray offset) {
        if (x instanceof Recorded recorded) {
            return recorded.instanceNorm(scale, offset, EPSILON);
        }
        NDArray centred = x.sub(Layers.globalAverage(x));
        NDArray normal =
                centred.div(Layers.globalAverage(centred.square()).add(EPSILON).sqrt());
        return scale == null
                ? normal
                : normal.mul(scale.reshape(1, scale.size(), 1, 1)).add(offset.reshape(1, offset.size(), 1, 1));
    }

    private static NDArray padAxis(NDArray x, int axis, long before, long after) {
        NDList pieces = new NDList();
        addZeros(pieces, x, axis, before);
        pieces.add(x);
        addZeros(pieces, x, axis, after);
        return pieces.size() == 1 ? x : NDArrays.concat(pieces, axis);
    }

    private static void addZeros(NDList pieces, NDArray x, int axis, long length) {
        if (length > 0) {
            long[] shape = x.getShape().getShape().clone();
            shape[axis] = length;
            pieces.add(x.getManager().zeros(new Shape(shape), x.getDataType(), x.getDevice()));
        }
    }
}
