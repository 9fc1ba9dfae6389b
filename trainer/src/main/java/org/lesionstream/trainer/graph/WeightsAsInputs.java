package org.lesionstream.trainer.graph;

import java.util.ArrayList;
import java.util.List;

/**
 * Hands the weights in with every run, behind the images and in their order, in place of numbers that are part of the graph. Whoever runs it can then change them in
 * between, and ask for their gradients.
 */
public final class WeightsAsInputs implements GraphPass {
    @Override
    public Graph apply(Graph graph) {
        List<Value> inputs = new ArrayList<>(graph.inputs());
        graph.weights().forEach(weight -> inputs.add(weight.value()));
        return new Graph(inputs, List.of(), graph.nodes(), graph.outputs());
    }
}
