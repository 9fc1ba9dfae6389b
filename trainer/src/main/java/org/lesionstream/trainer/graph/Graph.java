package org.lesionstream.trainer.graph;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A computation: tensors in, operator calls in order, tensors out.
 *
 * <ul>
 *   <li>Every value is defined once, before its first use; a graph that exists can be run.
 *   <li>Immutable, and free of any engine.
 * </ul>
 */
public record Graph(List<Value> inputs, List<Weight> weights, List<Node> nodes, List<Value> outputs) {

    public Graph {
        inputs = List.copyOf(inputs);
        weights = List.copyOf(weights);
        nodes = List.copyOf(nodes);
        outputs = List.copyOf(outputs);
        Set<Value> defined = new HashSet<>();
        Stream.concat(inputs.stream(), weights.stream().map(Weight::value)).forEach(value -> define(value, defined));
        for (Node node : nodes) {
            node.inputs().forEach(value -> require(value, defined, node.operator()));
            node.outputs().forEach(value -> define(value, defined));
        }
        outputs.forEach(value -> require(value, defined, "the output"));
    }

    private static void define(Value value, Set<Value> defined) {
        if (!defined.add(value)) {
            throw new IllegalArgumentException("value " + value.id() + " is defined twice");
        }
    }

    private static void require(Value value, Set<Value> defined, String reader) {
        if (!defined.contains(value)) {
            throw new IllegalArgumentException(reader + " reads value " + value.id() + " before it is defined");
        }
    }

    /** The same computation with only some of its outputs, in this order. */
    public Graph withOutputs(int... places) {
        return new Graph(
                inputs,
                weights,
                nodes,
                IntStream.of(places).mapToObj(outputs::get).toList());
    }

    /** The node that computes a value, empty for inputs and weights. */
    public Optional<Node> producer(Value value) {
        return nodes.stream().filter(node -> node.outputs().contains(value)).findFirst();
    }

    /** How often each value is read, by nodes or as an output. */
    public Map<Value, Integer> uses() {
        Map<Value, Integer> uses = new HashMap<>();
        Stream.concat(nodes.stream().flatMap(Node::inputs), outputs.stream())
                .forEach(value -> uses.merge(value, 1, Integer::sum));
        return uses;
    }

    /** A number that no value of this graph has, and none above it. */
    public int nextId() {
        return Stream.of(
                                inputs.stream(),
                                weights.stream().map(Weight::value),
                                nodes.stream().flatMap(node -> node.outputs().stream()))
                        .flatMap(values -> values)
                        .mapToInt(Value::id)
                        .max()
                        .orElse(-1)
                + 1;
    }
}
