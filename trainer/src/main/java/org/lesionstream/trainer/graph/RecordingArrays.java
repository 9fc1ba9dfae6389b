package org.lesionstream.trainer.graph;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.internal.NDArrayEx;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.lesionstream.trainer.network.ImageOperations;
import org.lesionstream.trainer.network.Resizing;

/**
 * Arrays that hold no numbers: each stands for a value of a graph, and each operation on it appends a node.
 *
 * <p>They are proxies of DJL's {@code NDArray} and {@code NDArrayEx}, two interfaces of several hundred methods, of which networks use a handful. Every other
 * method throws, naming itself.
 */
final class RecordingArrays {
    private final Operators operators;

    RecordingArrays(GraphBuilder graph) {
        this.operators = new Operators(graph);
    }

    /** The array that stands for a value. */
    NDArray of(Value value) {
        return proxy(new ArrayHandler(value), NDArray.class, ImageOperations.Recorded.class);
    }

    /** The value that an array stands for. */
    Value valueOf(NDArray array) {
        if (Proxy.isProxyClass(array.getClass()) && Proxy.getInvocationHandler(array) instanceof ArrayHandler handler) {
            return handler.value;
        }
        throw new UnsupportedOperationException(
                "the network uses an array of its own, which cannot be recorded: " + array.getShape());
    }

    private static <T> T proxy(InvocationHandler handler, Class<T> type, Class<?>... more) {
        List<Class<?>> interfaces = new ArrayList<>(List.of(more));
        interfaces.add(0, type);
        return type.cast(Proxy.newProxyInstance(
                RecordingArrays.class.getClassLoader(), interfaces.toArray(Class<?>[]::new), handler));
    }

    private static UnsupportedOperationException unknown(Method method) {
        return new UnsupportedOperationException(
                "the tracer does not know " + method.getDeclaringClass().getSimpleName() + "." + method.getName()
                        + Arrays.stream(method.getParameterTypes())
                                .map(Class::getSimpleName)
                                .toList());
    }

    private Argument optional(Object array) {
        return array == null ? Argument.Constant.NONE : valueOf((NDArray) array);
    }

    private static long[] extents(Object shape) {
        return ((Shape) shape).getShape();
    }

    /** What an array answers about itself, and the image operations that DJL lacks. */
    private final class ArrayHandler implements InvocationHandler {
        private final Value value;

        ArrayHandler(Value value) {
            this.value = value;
        }

        @Override
        public Object invoke(Object self, Method method, Object[] arguments) {
            return switch (method.getName()) {
                case "getShape" -> new Shape(Operators.extents(value));
                case "getDataType" -> DataType.FLOAT32;
                case "getDevice" -> Device.cpu();
                case "getNDArrayInternal" -> proxy(new OperationHandler(value), NDArrayEx.class);
                case "resize" ->
                    of(operators.resize(value, (Resizing) arguments[0], (long) arguments[1], (long) arguments[2]));
                case "pad" ->
                    of(operators.pad(
                            value, (long) arguments[0], (long) arguments[1], (long) arguments[2], (long) arguments[3]));
                case "slice" ->
                    of(operators.slice(value, (int) arguments[0], (long) arguments[1], (long) arguments[2]));
                case "upConvolution" ->
                    of(operators.upConvolution(value, valueOf((NDArray) arguments[0]), optional(arguments[1])));
                case "instanceNorm" ->
                    of(operators.instanceNorm(
                            value, optional(arguments[0]), optional(arguments[1]), (float) arguments[2]));
                case "dropBranch" -> of(operators.dropBranch(value, (float) arguments[0]));
                case "add", "mul" -> of(arithmetic("aten::" + method.getName(), arguments[0]));
                case "matMul" -> of(operators.matrixProduct(value, valueOf((NDArray) arguments[0])));
                case "reshape" -> of(operators.reshape(value, wanted(arguments[0])));
                case "transpose" -> of(operators.permute(value, axes(method, arguments)));
                case "softmax" ->
                    of(operators.pointwise("aten::softmax", value, Argument.Constant.whole((int) arguments[0])));
                case "mean" -> of(operators.mean(value, axes(method, arguments)));
                case "max" -> of(operators.maximum(value, axes(method, arguments)));
                case "toString" -> "recorded " + value;
                case "hashCode" -> System.identityHashCode(self);
                case "equals" -> self == arguments[0];
                default -> throw unknown(method);
            };
        }

        private Value arithmetic(String operator, Object operand) {
            if (operand instanceof Number number) {
                return operators.pointwise(operator, value, Argument.Constant.real(number.doubleValue()));
            }
            return operators.elementwise(operator, value, valueOf((NDArray) operand));
        }
    }

    private static long[] wanted(Object extents) {
        return extents instanceof Shape shape ? shape.getShape() : (long[]) extents;
    }

    /** The axes that a permutation or a reduction is told; a reduction must keep them. */
    private static long[] axes(Method method, Object... arguments) {
        boolean known = arguments != null
                && arguments[0] instanceof int[]
                && (arguments.length == 1) == method.getName().equals("transpose")
                && (arguments.length == 1 || (boolean) arguments[1]);
        if (!known) {
            throw unknown(method);
        }
        return Arrays.stream((int[]) arguments[0]).asLongStream().toArray();
    }

    /** The operations of layers. */
    private final class OperationHandler implements InvocationHandler {
        private final Value value;

        OperationHandler(Value value) {
            this.value = value;
        }

        @Override
        public Object invoke(Object self, Method method, Object[] arguments) {
            return switch (method.getName()) {
                case "convolution" ->
                    listOf(operators.convolution(
                            valueOf((NDArray) arguments[0]),
                            valueOf((NDArray) arguments[1]),
                            optional(arguments[2]),
                            extents(arguments[3]),
                            extents(arguments[4]),
                            extents(arguments[5]),
                            (int) arguments[6]));
                case "batchNorm" -> listOf(batchNorm(arguments));
                case "linear" ->
                    listOf(operators.linear(
                            valueOf((NDArray) arguments[0]), valueOf((NDArray) arguments[1]), optional(arguments[2])));
                case "layerNorm" -> listOf(layerNorm(arguments));
                case "relu" -> of(operators.relu(value));
                case "leakyRelu" ->
                    of(operators.pointwise("aten::leaky_relu", value, Argument.Constant.real((float) arguments[0])));
                case "gelu" -> of(operators.pointwise("aten::gelu", value));
                case "sigmoid" -> of(operators.pointwise("aten::sigmoid", value));
                case "maxPool" ->
                    of(operators.maxPool(
                            value, extents(arguments[0]), extents(arguments[1]), extents(arguments[2]), (boolean)
                                    arguments[3]));
                case "dropout" -> listOf(operators.dropout(valueOf((NDArray) arguments[0]), (float) arguments[1]));
                case "concat" -> of(concat((NDList) arguments[0], arguments.length > 1 ? (int) arguments[1] : 0));
                default -> throw unknown(method);
            };
        }

        // DJL's order: x, running mean, running variance, scale, offset, axis, momentum, epsilon, training
        private Value batchNorm(Object... arguments) {
            Value x = valueOf((NDArray) arguments[0]);
            Value mean = valueOf((NDArray) arguments[1]);
            Value variance = valueOf((NDArray) arguments[2]);
            Value scale = valueOf((NDArray) arguments[3]);
            Value offset = valueOf((NDArray) arguments[4]);
            if ((int) arguments[5] != 1) {
                throw new UnsupportedOperationException("the tracer knows batch normalisation over axis 1 alone");
            }
            double epsilon = (float) arguments[7];
            return (boolean) arguments[8]
                    ? operators.batchNormInTraining(x, scale, offset, mean, variance, 1 - (float) arguments[6], epsilon)
                    : operators.batchNorm(x, scale, offset, mean, variance, epsilon);
        }

        // DJL's order: x, normalised shape, scale, offset, epsilon
        private Value layerNorm(Object... arguments) {
            Value x = valueOf((NDArray) arguments[0]);
            if (extents(arguments[1]).length != 1) {
                throw new UnsupportedOperationException(
                        "the tracer knows layer normalisation over the last axis alone");
            }
            return operators.layerNorm(
                    x, valueOf((NDArray) arguments[2]), valueOf((NDArray) arguments[3]), (float) arguments[4]);
        }

        private Value concat(NDList others, int axis) {
            List<Value> parts = new ArrayList<>(List.of(value));
            others.forEach(other -> parts.add(valueOf(other)));
            return operators.concat(parts, axis);
        }

        private NDList listOf(Value result) {
            return new NDList(of(result));
        }
    }
}
