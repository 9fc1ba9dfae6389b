package org.lesionstream.trainer.adopt;

import static org.lesionstream.trainer.graph.Argument.Constant.real;
import static org.lesionstream.trainer.graph.ScalarType.FLOAT32;

import java.util.List;
import org.lesionstream.schemas.checkpoint.OutputSpec;
import org.lesionstream.schemas.image.InputSpec;
import org.lesionstream.trainer.export.EmbeddedModule;
import org.lesionstream.trainer.export.ServingGraph;
import org.lesionstream.trainer.graph.Graph;
import org.lesionstream.trainer.graph.GraphBuilder;
import org.lesionstream.trainer.graph.Operators;
import org.lesionstream.trainer.graph.Value;

/**
 * The graph around a module from elsewhere: that of a network trained here, with one node for the whole network.
 *
 * <p>The module gets its images in the plain order of its contract, although channels last would cost no copy: a module may look at its input by {@code view},
 * which fails on any other order.
 */
final class AdoptedGraph {
    private AdoptedGraph() {}

    static Graph of(AdoptionPlan plan, AnswerShape shape, InputSpec input, OutputSpec output) {
        return ServingGraph.of(network(plan, shape), plan.contract().answer(), input, plan.normalisation(), output);
    }

    /** From {@code [N, C, H, W]} to {@code [N, K, h, w]} or labels {@code [N, h, w]}. */
    private static Graph network(AdoptionPlan plan, AnswerShape shape) {
        GraphBuilder graph = new GraphBuilder();
        Operators operators = new Operators(graph);
        boolean channelsLast = plan.contract().channelsLast();
        Value image = graph.input(FLOAT32, 1, plan.channels(), plan.height(), plan.width());
        Value ordered = channelsLast ? operators.permute(image, 0, 2, 3, 1) : image;
        Value answer = graph.call(
                EmbeddedModule.CALL, FLOAT32, extents(plan, shape), operators.pointwise("aten::contiguous", ordered));
        Value maps = channelsLast ? operators.permute(answer, 0, 3, 1, 2) : answer;
        return graph.build(List.of(
                switch (plan.contract().answer()) {
                    case LOGITS -> maps;
                    // a little more than 1 would become the byte 0
                    case PROBABILITIES -> operators.pointwise("aten::clamp", maps, real(0), real(1));
                    case LABELS -> shape.mapAxis() ? operators.select(maps, 1, 0) : maps;
                }));
    }

    private static long[] extents(AdoptionPlan plan, AnswerShape shape) {
        if (!shape.mapAxis()) {
            return new long[] {1, shape.height(), shape.width()};
        }
        return plan.contract().channelsLast()
                ? new long[] {1, shape.height(), shape.width(), shape.maps()}
                : new long[] {1, shape.maps(), shape.height(), shape.width()};
    }
}
