package org.lesionstream.trainer.graph;

import static org.lesionstream.trainer.graph.Argument.Constant.flag;
import static org.lesionstream.trainer.graph.Argument.Constant.whole;
import static org.lesionstream.trainer.graph.ScalarType.FLOAT32;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Lets a graph whose weights are inputs compute in a narrower type, while all that goes in and out stays in 32-bit floats.
 *
 * <ul>
 *   <li>Images and weights are rounded as they come in, with the channels innermost where they have four extents; logits go back as they leave.
 *   <li>What a normalisation is given stays as it is: it computes in 32-bit floats inside, and its running statistics move by less than a narrow type can tell.
 *   <li>Bilinear resizing, whose gradient the engine adds up slowly and roughly in narrow types, and softmax compute in 32-bit floats.
 * </ul>
 */
public final class MixedPrecision implements GraphPass {
    private static final Set<String> NORMALISATIONS =
            Set.of(Operators.BATCH_NORM, "aten::layer_norm", "aten::instance_norm");
    private static final Set<String> IN_FULL = Set.of("aten::upsample_bilinear2d", "aten::softmax");
    private static final long PLAIN = 0; // the engine's numbers for orders of memory
    private static final long CHANNELS_LAST = 2;

    private final ScalarType type;

    /**
     * @param type in which most operators compute; with 32-bit floats only the order of memory changes
     */
    public MixedPrecision(ScalarType type) {
        if (!type.isFloating()) {
            throw new IllegalArgumentException("a network computes in a floating type, was " + type);
        }
        this.type = type;
    }

    @Override
    public Graph apply(Graph graph) {
        if (!graph.weights().isEmpty()) {
            throw new IllegalArgumentException("the weights must be inputs");
        }
        return new Cast(graph, type).result();
    }

    /** Confined to one call. */
    private static final class Cast {
        private final Graph graph;
        private final ScalarType narrow;
        private final List<Node> nodes = new ArrayList<>();
        private final Map<Value, Value> rounded = new HashMap<>();
        private int id;

        Cast(Graph graph, ScalarType narrow) {
            this.graph = graph;
            this.narrow = narrow;
            this.id = graph.nextId();
        }

        Graph result() {
            Set<Value> kept = new HashSet<>(); // scale, offset and running statistics
            graph.nodes().stream()
                    .filter(node -> NORMALISATIONS.contains(node.operator()))
                    .forEach(node -> node.inputs().skip(1).forEach(kept::add));
            graph.inputs().stream()
                    .filter(input -> !kept.contains(input))
                    .forEach(input -> rounded.put(input, to(narrow, input, CHANNELS_LAST)));
            graph.nodes().forEach(node -> {
                if (IN_FULL.contains(node.operator())) {
                    inFull(node);
                } else {
                    node.outputs().forEach(value -> rounded.put(value, new Value(value.id(), value.shape(), narrow)));
                    nodes.add(Rewrite.renamed(node, value -> rounded.getOrDefault(value, value)));
                }
            });
            List<Value> outputs = graph.outputs().stream()
                    .map(output -> to(FLOAT32, rounded.get(output), PLAIN))
                    .toList();
            return new Graph(graph.inputs(), List.of(), nodes, outputs);
        }

        private void inFull(Node node) {
            Map<Value, Value> full = new HashMap<>();
            node.inputs().forEach(value -> full.put(value, to(FLOAT32, rounded.get(value))));
            nodes.add(Rewrite.renamed(node, value -> full.getOrDefault(value, value)));
            node.outputs().forEach(value -> rounded.put(value, to(narrow, value)));
        }

        /** In the same order of memory. */
        private Value to(ScalarType type, Value from) {
            return cast(type, from, List.of());
        }

        /** In a certain order of memory, if it has one: the engine knows the two for arrays of four extents. */
        private Value to(ScalarType type, Value from, long order) {
            List<Argument> more = List.of(flag(false), flag(false), whole(order)); // non_blocking, copy, order
            return cast(type, from, from.shape().size() == 4 ? more : List.of());
        }

        private Value cast(ScalarType type, Value from, List<Argument> more) {
            Value cast = new Value(id++, from.shape(), type);
            List<Argument> arguments = new ArrayList<>(List.of(from, whole(type.code())));
            arguments.addAll(more);
            nodes.add(new Node(Operators.TO, arguments, List.of(cast)));
            return cast;
        }
    }
}
