package org.lesionstream.trainer.graph;

import static org.lesionstream.trainer.graph.ScalarType.FLOAT32;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes a network compute in another precision: weights are rounded once, images are cast as they come in and logits back to 32-bit floats as they leave.
 */
public final class CastPrecision implements GraphPass {
    private final ScalarType type;

    public CastPrecision(ScalarType type) {
        if (!type.isFloating()) {
            throw new IllegalArgumentException("a network computes in a floating type, was " + type);
        }
        this.type = type;
    }

    /**
     * Rounds the weights and goes on computing in 32-bit floats: shows what the rounding does where the engine cannot compute in that type.
     */
    public static GraphPass ofWeightsAlone(ScalarType type) {
        return graph -> new Graph(
                graph.inputs(),
                graph.weights().stream()
                        .map(weight -> new Weight(
                                weight.value(), weight.name(), rounded(weight.tensor(), type), weight.layout()))
                        .toList(),
                graph.nodes(),
                graph.outputs());
    }

    @Override
    public Graph apply(Graph graph) {
        if (type == FLOAT32) {
            return graph;
        }
        int id = graph.nextId();
        Map<Value, Value> renamed = new HashMap<>();
        List<Node> nodes = new ArrayList<>();
        for (Value input : graph.inputs()) {
            Value cast = new Value(id++, input.shape(), type);
            nodes.add(castNode(input, cast));
            renamed.put(input, cast);
        }
        List<Weight> weights = new ArrayList<>();
        for (Weight weight : graph.weights()) {
            Weight rounded = rounded(weight);
            weights.add(rounded);
            renamed.put(weight.value(), rounded.value());
        }
        for (Node node : graph.nodes()) {
            node.outputs().forEach(value -> renamed.put(value, retyped(value)));
            nodes.add(Rewrite.renamed(node, value -> renamed.getOrDefault(value, value)));
        }
        List<Value> outputs = new ArrayList<>();
        for (Value output : graph.outputs()) {
            Value back = new Value(id++, output.shape(), FLOAT32);
            nodes.add(castNode(renamed.get(output), back));
            outputs.add(back);
        }
        return new Graph(graph.inputs(), weights, nodes, outputs);
    }

    private Value retyped(Value value) {
        return value.type() == FLOAT32 ? new Value(value.id(), value.shape(), type) : value;
    }

    private Weight rounded(Weight weight) {
        return new Weight(retyped(weight.value()), weight.name(), rounded(weight.tensor(), type), weight.layout());
    }

    private static FloatTensor rounded(FloatTensor tensor, ScalarType type) {
        float[] values = tensor.values().clone();
        for (int i = 0; i < values.length; i++) {
            values[i] = ReducedPrecision.round(values[i], type);
        }
        return new FloatTensor(tensor.shape(), values);
    }

    private static Node castNode(Value from, Value to) {
        return new Node(
                Operators.TO, List.of(from, Argument.Constant.whole(to.type().code())), List.of(to));
    }
}
