package org.lesionstream.trainer.graph;

import static org.lesionstream.trainer.graph.Operators.CONVOLUTION;
import static org.lesionstream.trainer.graph.Operators.RELU;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Lets ReLU overwrite the result of a convolution that nobody else reads, which saves an allocation and half of the memory traffic. */
public final class ReluInPlace implements GraphPass {
    @Override
    public Graph apply(Graph graph) {
        Map<Value, Integer> uses = graph.uses();
        Set<Value> own = graph.nodes().stream()
                .filter(node -> node.is(CONVOLUTION) && uses.getOrDefault(node.output(), 0) == 1)
                .map(Node::output)
                .collect(Collectors.toSet());
        List<Node> nodes = graph.nodes().stream()
                .map(node -> node.is(RELU) && own.contains(node.tensor(0))
                        ? new Node("aten::relu_", node.arguments(), node.outputs())
                        : node)
                .toList();
        return new Graph(graph.inputs(), graph.weights(), nodes, graph.outputs());
    }
}
