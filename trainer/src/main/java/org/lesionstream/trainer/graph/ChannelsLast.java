package org.lesionstream.trainer.graph;

import static org.lesionstream.trainer.graph.Operators.CONVOLUTION;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Stores the weights of convolutions with the channels innermost. The engine follows the order of the weight or of the image, so the whole network then
 * computes in the order in which the bytes of a picture arrive anyway.
 */
public final class ChannelsLast implements GraphPass {
    @Override
    public Graph apply(Graph graph) {
        Set<Value> kernels = graph.nodes().stream()
                .filter(node -> node.is(CONVOLUTION))
                .map(node -> node.tensor(1))
                .collect(Collectors.toSet());
        List<Weight> weights = graph.weights().stream()
                .map(weight -> kernels.contains(weight.value())
                        ? new Weight(weight.value(), weight.name(), weight.tensor(), Weight.Layout.CHANNELS_LAST)
                        : weight)
                .toList();
        return new Graph(graph.inputs(), weights, graph.nodes(), graph.outputs());
    }
}
