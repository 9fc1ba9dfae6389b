package org.lesionstream.trainer.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;

/**
 * The image operations that DJL's PyTorch engine lacks: bilinear resizing with aligned corners, zero padding, and the transposed 2 x 2 convolution.
 *
 * <p>All let gradients through. An array that is not a real one, but stands for an image while a network is being recorded, implements {@link Recorded}
 * and is asked to do the operation itself.
 */
public final class ImageOperations {
    private static final Shape NONE = new Shape(0, 0);
    private static final Shape ONE = new Shape(1, 1);

    private ImageOperations() {}

    /** What an array must offer to take part when it holds no numbers. */
    public interface Recorded {
        /** See {@link ImageOperations#bilinear}. */
        NDArray bilinear(long height, long width);

        /** See {@link ImageOperations#pad}. */
        NDArray pad(long top, long bottom, long left, long right);

        /** See {@link ImageOperations#upConvolution}. */
        NDArray upConvolution(NDArray weight, NDArray bias);
    }

    /**
     * Bilinear resizing with aligned corners: pixel i of n_out looks at i (n_in - 1) / (n_out - 1).
     *
     * <p>It is linear, and works on rows and columns apart, so it is a matrix from the left and one from the right.
     *
     * @param x {@code [N, C, H, W]}
     * @return {@code [N, C, height, width]}
     */
    public static NDArray bilinear(NDArray x, long height, long width) {
        if (x instanceof Recorded recorded) {
            return recorded.bilinear(height, width);
        }
        NDArray columns = alongAxis(x, x.getShape().get(3), width).transpose(); // [W, width]
        NDArray rows = alongAxis(x, x.getShape().get(2), height); // [height, H]
        return rows.matMul(x.matMul(columns));
    }

    /** The matrix {@code [to, from]} that takes a line of pixels to a line of another length. */
    private static NDArray alongAxis(NDArray x, long from, long to) {
        float[] weights = new float[Math.toIntExact(from * to)];
        for (int i = 0; i < to; i++) {
            double place = to == 1 ? 0 : (double) i * (from - 1) / (to - 1);
            int before = (int) place;
            int after = (int) Math.min(before + 1, from - 1);
            weights[(int) (i * from) + before] += (float) (1 - (place - before));
            weights[(int) (i * from) + after] += (float) (place - before);
        }
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

    /**
     * Transposed 2 x 2 convolution with stride 2: y[n, o, 2r + i, 2c + j] = b[o] + sum over k of x[n, k, r, c] w[k, o, i, j].
     *
     * <p>The windows do not overlap, so it is a 1 x 1 convolution to four times the channels whose results are then laid out as 2 x 2 pixels.
     *
     * @param x {@code [N, in, H, W]}
     * @param weight {@code [in, out, 2, 2]}
     * @param bias {@code [out]}
     * @return {@code [N, out, 2H, 2W]}
     */
    public static NDArray upConvolution(NDArray x, NDArray weight, NDArray bias) {
        if (x instanceof Recorded recorded) {
            return recorded.upConvolution(weight, bias);
        }
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
                .reshape(n, out, 2 * height, 2 * width)
                .add(bias.reshape(1, out, 1, 1));
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
