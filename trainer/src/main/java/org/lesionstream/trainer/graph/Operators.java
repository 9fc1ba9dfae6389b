package org.lesionstream.trainer.graph;

import static org.lesionstream.trainer.graph.Argument.Constant.NONE;
import static org.lesionstream.trainer.graph.Argument.Constant.flag;
import static org.lesionstream.trainer.graph.Argument.Constant.real;
import static org.lesionstream.trainer.graph.Argument.Constant.whole;
import static org.lesionstream.trainer.graph.Argument.Constant.wholes;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/**
 * The operators that networks are made of, each with its ATen schema and the shape it gives. One method appends one call.
 *
 * <p>Images are {@code [N, C, H, W]}.
 */
public final class Operators {
    static final String CONVOLUTION = "aten::conv2d";
    static final String UP_CONVOLUTION = "aten::conv_transpose2d";
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

    /** Transposed 2 x 2 convolution with stride 2. */
    public Value upConvolution(Value x, Value weight, Value bias) {
        long[] shape = {x.extent(0), weight.extent(1), 2 * x.extent(2), 2 * x.extent(3)};
        return graph.call(
                UP_CONVOLUTION,
                x.type(),
                shape,
                x,
                weight,
                bias,
                wholes(2, 2),
                wholes(0, 0),
                wholes(0, 0),
                whole(1),
                wholes(1, 1));
    }

    /** Normalisation by running statistics. */
    public Value batchNorm(Value x, Value scale, Value offset, Value mean, Value variance, double epsilon) {
        return graph.call(
                BATCH_NORM,
                x.type(),
                extents(x),
                x,
                scale,
                offset,
                mean,
                variance,
                flag(false),
                real(0),
                real(epsilon),
                flag(false));
    }

    /** {@code max(x, 0)}. */
    public Value relu(Value x) {
        return graph.call(RELU, x.type(), extents(x), x);
    }

    /** Largest of each window; what does not fill a window is dropped. */
    public Value maxPool(Value x, long[] kernel, long[] stride, long[] padding) {
        long[] shape = extents(x);
        for (int side = 0; side < 2; side++) {
            shape[2 + side] = (shape[2 + side] + 2 * padding[side] - kernel[side]) / stride[side] + 1;
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
                flag(false));
    }

    /** Puts arrays side by side along one axis. */
    public Value concat(List<Value> parts, int axis) {
        long[] shape = extents(parts.get(0));
        shape[axis] = parts.stream().mapToLong(part -> part.extent(axis)).sum();
        return graph.call("aten::cat", parts.get(0).type(), shape, new Argument.Values(parts), whole(axis));
    }

    /** Bilinear resizing with aligned corners. */
    public Value bilinear(Value x, long height, long width) {
        long[] shape = {x.extent(0), x.extent(1), height, width};
        return graph.call(
                "aten::upsample_bilinear2d", x.type(), shape, x, wholes(height, width), flag(true), NONE, NONE);
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
        return graph.call("aten::reshape", x.type(), shape, x, wholes(extents));
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
