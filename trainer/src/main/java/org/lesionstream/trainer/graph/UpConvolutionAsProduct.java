package org.lesionstream.trainer.graph;

import static org.lesionstream.trainer.graph.Operators.UP_CONVOLUTION;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Computes transposed 2 x 2 convolutions of stride 2 as what they are, a product for each pixel: a 1 x 1 convolution to four times the channels, whose results
 * are laid out as 2 x 2 pixels. Those of 4 x 4, whose windows overlap, stay as they are.
 *
 * <p>Engines run their general transposed convolution here, which on CPUs takes many times longer. Of the four positions (i, j) in a window, i and j run
 * outermost in the channels of the product, so that channels-last memory is moved in runs of two pixels.
 */
public final class UpConvolutionAsProduct implements GraphPass {
    @Override
    public Graph apply(Graph graph) {
        Map<Value, Weight> weights = new HashMap<>();
        graph.weights().forEach(weight -> weights.put(weight.value(), weight));
        GraphBuilder rewritten = new GraphBuilder(graph);
        Operators operators = new Operators(rewritten);
        Map<Value, Value> renamed = new HashMap<>();
        for (Node original : graph.nodes()) {
            Node node = Rewrite.renamed(original, value -> renamed.getOrDefault(value, value));
            if (node.is(UP_CONVOLUTION) && node.tensor(1).extent(2) == 2) {
                renamed.put(original.output(), product(node, weights, rewritten, operators));
            } else {
                rewritten.call(node);
            }
        }
        List<Value> outputs = new ArrayList<>(graph.outputs());
        outputs.replaceAll(value -> renamed.getOrDefault(value, value));
        return new DropUnused().apply(rewritten.build(outputs));
    }

    private static Value product(Node node, Map<Value, Weight> weights, GraphBuilder graph, Operators operators) {
        Value x = node.tensor(0); // [N, in, H, W]
        Argument bias = node.arguments().get(2) instanceof Value value
                ? repeated(value, weights, graph)
                : Argument.Constant.NONE;
        long out = node.tensor(1).extent(1);
        long height = x.extent(2);
        long width = x.extent(3);
        Value w = spread(node.tensor(1), weights, graph);
        long[] one = {1, 1};
        Value pixels = operators.convolution(x, w, bias, one, new long[] {0, 0}, one, 1); // [N, 2 * 2 * out, H, W]
        Value rows = operators.permute(pixels, 0, 2, 3, 1); // [N, H, W, 2 * 2 * out]
        Value pairs = operators.reshape(rows, -1, height, width, 2, 2 * out);
        Value crossed = operators.permute(pairs, 0, 1, 3, 2, 4); // [N, H, 2, W, 2 * out]
        Value image = operators.reshape(crossed, -1, 2 * height, 2 * width, out);
        return operators.permute(image, 0, 3, 1, 2); // [N, out, 2H, 2W]
    }

    /** {@code [in, out, 2, 2] -> [2 * 2 * out, in, 1, 1]}, in numbers where they are part of the graph. */
    private static Value spread(Value kernel, Map<Value, Weight> weights, GraphBuilder graph) {
        Weight weight = weights.get(kernel);
        if (weight != null) {
            return graph.weight(weight.name(), spread(weight.tensor()));
        }
        long[] shape = {4 * kernel.extent(1), kernel.extent(0), 1, 1};
        Value positionsFirst = new Operators(graph).permute(kernel, 2, 3, 1, 0); // [2, 2, out, in]
        return graph.call("aten::reshape", kernel.type(), shape, positionsFirst, Argument.Constant.wholes(shape));
    }

    private static Value repeated(Value bias, Map<Value, Weight> weights, GraphBuilder graph) {
        Weight weight = weights.get(bias);
        return weight != null
                ? graph.weight(weight.name(), repeated(weight.tensor()))
                : graph.call(
                        "aten::repeat",
                        bias.type(),
                        new long[] {4 * bias.extent(0)},
                        bias,
                        Argument.Constant.wholes(4));
    }

    private static FloatTensor spread(FloatTensor weight) {
        int in = (int) weight.shape()[0];
        int out = (int) weight.shape()[1];
        float[] values = new float[4 * out * in];
        for (int k = 0; k < in; k++) {
            for (int o = 0; o < out; o++) {
                for (int position = 0; position < 4; position++) {
                    values[(position * out + o) * in + k] = weight.values()[(k * out + o) * 4 + position];
                }
            }
        }
        return new FloatTensor(new long[] {4L * out, in, 1, 1}, values);
    }

    private static FloatTensor repeated(FloatTensor bias) {
        int out = bias.values().length;
        float[] values = new float[4 * out];
        for (int position = 0; position < 4; position++) {
            System.arraycopy(bias.values(), 0, values, position * out, out);
        }
        return new FloatTensor(new long[] {4L * out}, values);
    }
}
