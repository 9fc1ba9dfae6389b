package org.lesionstream.trainer.graph;

import java.util.List;

/**
 * Makes several heads answer as one: the mean of their probabilities, which are sigmoids of a single map or softmaxes over several.
 *
 * <p>Computed in the type of the logits as they leave the graph, 32-bit floats for networks of every precision.
 */
public final class AverageProbabilities implements GraphPass {
    @Override
    public Graph apply(Graph graph) {
        List<Value> heads = graph.outputs();
        Value first = heads.get(0);
        for (Value head : heads) {
            if (!head.shape().equals(first.shape())) {
                throw new IllegalArgumentException(
                        "heads of one size can be averaged, these are " + first.shape() + " and " + head.shape());
            }
        }
        GraphBuilder averaged = new GraphBuilder(graph);
        graph.nodes().forEach(averaged::call);
        Operators operators = new Operators(averaged);
        Value sum = probability(first, operators);
        for (Value head : heads.subList(1, heads.size())) {
            sum = operators.pointwise("aten::add", sum, probability(head, operators));
        }
        Value mean = operators.pointwise("aten::div", sum, Argument.Constant.real(heads.size()));
        return averaged.build(List.of(mean));
    }

    private static Value probability(Value logits, Operators operators) {
        return logits.extent(1) == 1
                ? operators.pointwise("aten::sigmoid", logits)
                : operators.pointwise("aten::softmax", logits, Argument.Constant.whole(1));
    }
}
