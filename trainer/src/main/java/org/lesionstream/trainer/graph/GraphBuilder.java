package org.lesionstream.trainer.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Puts a graph together, call by call; confined to one thread. Operators with their shapes are in {@link Operators}. */
public final class GraphBuilder {
    private final List<Value> inputs = new ArrayList<>();
    private final List<Weight> weights = new ArrayList<>();
    private final List<Node> nodes = new ArrayList<>();
    private int nextId;

    public GraphBuilder() {}

    /** Starts with the inputs and weights of a graph, and numbers none of its values has. */
    GraphBuilder(Graph start) {
        inputs.addAll(start.inputs());
        weights.addAll(start.weights());
        nextId = start.nextId();
    }

    /** One more input. */
    public Value input(ScalarType type, long... shape) {
        Value value = fresh(type, shape);
        inputs.add(value);
        return value;
    }

    /** One more weight, of 32-bit floats. */
    public Value weight(String name, FloatTensor tensor) {
        Value value = fresh(ScalarType.FLOAT32, tensor.shape());
        weights.add(new Weight(value, name, tensor, Weight.Layout.ROW_MAJOR));
        return value;
    }

    /** One more call with one output. */
    public Value call(String operator, ScalarType type, long[] shape, Argument... arguments) {
        Value output = fresh(type, shape);
        nodes.add(new Node(operator, List.of(arguments), List.of(output)));
        return output;
    }

    /** One more call, whose outputs were made by {@link #fresh}. */
    public void call(Node node) {
        nodes.add(node);
    }

    /**
     * Appends a whole graph, whose inputs are taken from here.
     *
     * @return its outputs
     */
    public List<Value> append(Graph other, Value... images) {
        Map<Value, Value> renamed = new HashMap<>();
        for (int i = 0; i < images.length; i++) {
            renamed.put(other.inputs().get(i), images[i]);
        }
        for (Weight weight : other.weights()) {
            Value value = renumbered(weight.value());
            renamed.put(weight.value(), value);
            weights.add(new Weight(value, weight.name(), weight.tensor(), weight.layout()));
        }
        for (Node node : other.nodes()) {
            node.outputs().forEach(output -> renamed.put(output, renumbered(output)));
            nodes.add(Rewrite.renamed(node, renamed::get));
        }
        return other.outputs().stream().map(renamed::get).toList();
    }

    private Value renumbered(Value value) {
        return new Value(nextId++, value.shape(), value.type());
    }

    /** A value that nothing defines yet. */
    public Value fresh(ScalarType type, long... shape) {
        return new Value(nextId++, Arrays.stream(shape).boxed().toList(), type);
    }

    /** The graph so far. */
    public Graph build(List<Value> outputs) {
        return new Graph(inputs, weights, nodes, outputs);
    }
}
