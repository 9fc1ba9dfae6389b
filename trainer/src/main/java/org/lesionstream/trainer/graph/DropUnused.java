package org.lesionstream.trainer.graph;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Leaves out every node and weight that no output depends on. For UNet++ with one of its heads chosen this is pruning as the paper describes it.
 */
public final class DropUnused implements GraphPass {
    @Override
    public Graph apply(Graph graph) {
        Set<Value> needed = new HashSet<>(graph.outputs());
        Deque<Node> kept = new ArrayDeque<>();
        for (int i = graph.nodes().size() - 1; i >= 0; i--) {
            Node node = graph.nodes().get(i);
            if (node.outputs().stream().anyMatch(needed::contains)) {
                node.inputs().forEach(needed::add);
                kept.addFirst(node);
            }
        }
        List<Weight> weights = graph.weights().stream()
                .filter(weight -> needed.contains(weight.value()))
                .toList();
        return new Graph(graph.inputs(), weights, List.copyOf(kept), graph.outputs());
    }
}
