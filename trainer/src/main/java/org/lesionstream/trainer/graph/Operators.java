package org.lesionstream.trainer.graph;

import static org.lesionstream.trainer.graph.Argument.Constant.NONE;
import static org.lesionstream.trainer.graph.Argument.Constant.flag;
import static org.lesionstream.trainer.graph.Argument.Constant.real;
import static org.lesionstream.trainer.graph.Argument.Constant.whole;
import static org.lesionstream.trainer.graph.Argument.Constant.wholes;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.lesionstream.trainer.network.Resizing;

/**
 * The operators that networks are made of, each with its ATen schema and the shape it gives. One method appends one call.
 *
 * <p>Images are {@code [N, C, H, W]}.
 */
public final class Operators {
    static final String CONVOLUTION = "aten::conv2d";
    static final String UP_CONVOLUTION = "aten::conv_transpose2d";
    static final String LINEAR = "aten::linear";
    static final String MATRIX_PRODUCT = "aten::matmul";
    static final String BATCH_NORM = "aten::batch_norm";
    static final String RELU = "aten::relu";
    static final String TO = "aten::to";

    private final GraphBuilder graph;

    public Operators(GraphBuilder graph) {
        this.graph = graph;
    }

    /** Convolution; the bias may be {@link Argument.Constant#NONE}. */
    public Value convolution(
            Value x, Value weight, Argument bias, long[] stride, long[] padding, long[] dilation, long groups) {
        long[] shape = {x.extent(0), weight.extent(0), 0, 0};
        for (int side = 0; side < 2; side++) {
            long reach = dilation[side] * (weight.extent(2 + side) - 1) + 1;
            shape[2 + side] = (x.extent(2 + side) + 2 * padding[side] - reach) / stride[side] + 1;
        }
        return graph.call(
                CONVOLUTION,
                x.type(),
                shape,
                x,
                weight,
                bias,
                wholes(stride),
                wholes(padding),
                wholes(dilation),
                whole(groups));
    }

    /** Transposed convolution with stride 2 that doubles the size: 2 x 2 unpadded or 4 x 4 padded by 1; the bias may be {@link Argument.Constant#NONE}. */
    public Value upConvolution(Value x, Value weight, Argument bias) {
        long[] shape = {x.extent(0), weight.extent(1), 2 * x.extent(2), 2 * x.extent(3)};
        long padding = weight.extent(2) / 2 - 1;
        return graph.call(
                UP_CONVOLUTION,
                x.type(),
                shape,
                x,
                weight,
                bias,
                wholes(2, 2),
                wholes(padding, padding),
                wholes(0, 0),
                whole(1),
                wholes(1, 1));
    }

    /** y = x W^T + b over the last axis; the bias may be {@link Argument.Constant#NONE}. */
    public Value linear(Value x, Value weight, Argument bias) {
        long[] shape = extents(x);
        shape[shape.length - 1] = weight.extent(0);
        return graph.call(LINEAR, x.type(), shape, x, weight, bias);
    }

    /** Matrix products over the last two axes; the axes before them must be equal. */
    public Value matrixProduct(Value left, Value right) {
        long[] shape = extents(left);
        shape[shape.length - 1] = right.extent(right.shape().size() - 1);
        return graph.call(MATRIX_PRODUCT, left.type(), shape, left, right);
    }

    /** Normalisation over the last axis. */
    public Value layerNorm(Value x, Value scale, Value offset, double epsilon) {
        long last = x.extent(x.shape().size() - 1);
        return graph.call(
                "aten::layer_norm", x.type(), extents(x), x, wholes(last), scale, offset, real(epsilon), flag(false));
    }

    /** Normalisation of each image and channel by itself; scale and offset may be {@link Argument.Constant#NONE}. */
    public Value instanceNorm(Value x, Argument scale, Argument offset, double epsilon) {
        return graph.call(
                "aten::instance_norm",
                x.type(),
                extents(x),
                x,
                scale,
                offset,
                NONE,
                NONE,
                flag(true),
                real(0),
                real(epsilon),
                flag(false));
    }

    /** Sum or product of two arrays, of which one may be repeated along axes of extent 1. */
    public Value elementwise(String operator, Value left, Value right) {
        long[] a = extents(left);
        long[] b = extents(right);
        long[] shape = a.length >= b.length ? a : b;
        long[] other = a.length >= b.length ? b : a;
        for (int back = 1; back <= other.length; back++) {
            int axis = shape.length - back;
            long there = other[other.length - back];
            if (shape[axis] != there && shape[axis] != 1 && there != 1) {
                throw new IllegalArgumentException(operator + " of " + left.shape() + " and " + right.shape());
            }
            shape[axis] = Math.max(shape[axis], there);
        }
        return graph.call(operator, left.type(), shape, left, right);
    }

    /** Mean over some axes, which stay with extent 1. */
    public Value mean(Value x, long... axes) {
        return graph.call("aten::mean", x.type(), reduced(x, axes), x, wholes(axes), flag(true));
    }

    /** Largest along some axes, which stay with extent 1. */
    public Value maximum(Value x, long... axes) {
        return graph.call("aten::amax", x.type(), reduced(x, axes), x, wholes(axes), flag(true));
    }

    private static long[] reduced(Value x, long... axes) {
        long[] shape = extents(x);
        for (long axis : axes) {
            shape[(int) axis] = 1;
        }
        return shape;
    }

    /** Places {@code from} to {@code to - 1} along one axis. */
    public Value slice(Value x, int axis, long from, long to) {
        long[] shape = extents(x);
        shape[axis] = to - from;
        return graph.call("aten::slice", x.type(), shape, x, whole(axis), whole(from), whole(to), whole(1));
    }

    /** Normalisation by running statistics. */
    public Value batchNorm(Value x, Value scale, Value offset, Value mean, Value variance, double epsilon) {
        return batchNorm(x, scale, offset, mean, variance, false, 0, epsilon);
    }

    /** Normalisation by the mean and variance of the batch, by a share of which the running ones move in place. */
    public Value batchNormInTraining(
            Value x, Value scale, Value offset, Value mean, Value variance, double share, double epsilon) {
        return batchNorm(x, scale, offset, mean, variance, true, share, epsilon);
    }

    private Value batchNorm(
            Value x,
            Value scale,
            Value offset,
            Value mean,
            Value variance,
            boolean training,
            double share,
            double epsilon) {
        return graph.call(
                BATCH_NORM,
                x.type(),
                extents(x),
                x,
                scale,
                offset,
                mean,
                variance,
                flag(training),
                real(share),
                real(epsilon),
                flag(false));
    }

    /** Some share of the numbers becomes zero, at random, and the others are scaled to make up for it. */
    public Value dropout(Value x, double share) {
        return pointwise("aten::dropout", x, real(share), flag(true));
    }

    /** The numbers of some of the images become zero, at random, and the others are scaled to make up for it: {@code [N, n, C]}. */
    public Value dropBranch(Value x, double probability) {
        Value perImage = slice(slice(x, 1, 0, 1), 2, 0, 1); // [N, 1, 1]
        return elementwise("aten::mul", x, dropout(pointwise("aten::ones_like", perImage), probability));
    }

    /** {@code max(x, 0)}. */
    public Value relu(Value x) {
        return graph.call(RELU, x.type(), extents(x), x);
    }

    /** Largest of each window; what does not fill a window is dropped, or with {@code clipped} a window of its own. */
    public Value maxPool(Value x, long[] kernel, long[] stride, long[] padding, boolean clipped) {
        long[] shape = extents(x);
        for (int side = 0; side < 2; side++) {
            long span = shape[2 + side] + 2 * padding[side] - kernel[side];
            shape[2 + side] = (clipped ? (span + stride[side] - 1) / stride[side] : span / stride[side]) + 1;
        }
        return graph.call(
                "aten::max_pool2d",
                x.type(),
                shape,
                x,
                wholes(kernel),
                wholes(stride),
                wholes(padding),
                wholes(1, 1),
                flag(clipped));
    }

    /** Puts arrays side by side along one axis. */
    public Value concat(List<Value> parts, int axis) {
        long[] shape = extents(parts.get(0));
        shape[axis] = parts.stream().mapToLong(part -> part.extent(axis)).sum();
        return graph.call("aten::cat", parts.get(0).type(), shape, new Argument.Values(parts), whole(axis));
    }

    /** Another height and width. */
    public Value resize(Value x, Resizing way, long height, long width) {
        long[] shape = {x.extent(0), x.extent(1), height, width};
        Argument size = wholes(height, width);
        return switch (way) {
            case BILINEAR_ALIGNED, BILINEAR -> {
                boolean aligned = way == Resizing.BILINEAR_ALIGNED;
                yield graph.call("aten::upsample_bilinear2d", x.type(), shape, x, size, flag(aligned), NONE, NONE);
            }
            case NEAREST -> graph.call("aten::upsample_nearest2d", x.type(), shape, x, size, NONE, NONE);
            case AVERAGE -> graph.call("aten::adaptive_avg_pool2d", x.type(), shape, x, size);
        };
    }

    /** Zeros around an image. */
    public Value pad(Value x, long top, long bottom, long left, long right) {
        long[] shape = {x.extent(0), x.extent(1), top + x.extent(2) + bottom, left + x.extent(3) + right};
        return graph.call("aten::constant_pad_nd", x.type(), shape, x, wholes(left, right, top, bottom), real(0));
    }

    /** The same numbers with the axes in another order. */
    public Value permute(Value x, long... axes) {
        long[] shape = LongStream.of(axes).map(axis -> x.extent((int) axis)).toArray();
        return graph.call("aten::permute", x.type(), shape, x, wholes(axes));
    }

    /** The same numbers in the same order, cut into other extents; the first one, the number of images, is written as -1. */
    public Value reshape(Value x, long... extents) {
        long[] shape = extents.clone();
        shape[0] = x.extent(0);
        if (product(shape) != product(extents(x))) {
            throw new IllegalArgumentException("reshape of " + x.shape() + " to " + java.util.Arrays.toString(extents));
        }
        return graph.call("aten::reshape", x.type(), shape, x, wholes(extents));
    }

    private static long product(long... extents) {
        return LongStream.of(extents).reduce(1, Math::multiplyExact);
    }

    /** One slice across an axis, which falls away. */
    public Value select(Value x, int axis, long place) {
        List<Long> shape = new ArrayList<>(x.shape());
        shape.remove(axis);
        return graph.call(
                "aten::select",
                x.type(),
                shape.stream().mapToLong(Long::longValue).toArray(),
                x,
                whole(axis),
                whole(place));
    }

    /** The same numbers in another type. */
    public Value cast(Value x, ScalarType type) {
        return x.type() == type ? x : graph.call(TO, type, extents(x), x, whole(type.code()));
    }

    /** A call that changes neither type nor shape. */
    public Value pointwise(String operator, Value x, Argument... more) {
        Argument[] arguments = new Argument[more.length + 1];
        arguments[0] = x;
        System.arraycopy(more, 0, arguments, 1, more.length);
        return graph.call(operator, x.type(), extents(x), arguments);
    }

    static long[] extents(Value x) {
        return x.shape().stream().mapToLong(Long::longValue).toArray();
    }
}
