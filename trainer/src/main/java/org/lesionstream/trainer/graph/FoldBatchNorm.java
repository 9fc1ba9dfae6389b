package org.lesionstream.trainer.graph;

import static org.lesionstream.trainer.graph.Operators.BATCH_NORM;
import static org.lesionstream.trainer.graph.Operators.CONVOLUTION;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Folds batch normalisation into the convolution before it.
 *
 * <p>(w x + b - mean) g / sqrt(variance + epsilon) + offset = (s w) x + (s (b - mean) + offset) with s = g / sqrt(variance + epsilon) for each output
 * channel, computed in double. A normalisation whose convolution is also read by others stays as it is.
 */
public final class FoldBatchNorm implements GraphPass {
    @Override
    public Graph apply(Graph graph) {
        Map<Value, Weight> weights = new HashMap<>();
        graph.weights().forEach(weight -> weights.put(weight.value(), weight));
        Map<Value, Integer> uses = graph.uses();
        List<Node> nodes = new ArrayList<>();
        List<Weight> kept = new ArrayList<>(graph.weights());
        int id = graph.nextId();
        for (Node node : graph.nodes()) {
            Optional<Node> convolution = node.is(BATCH_NORM)
                    ? nodes.stream()
                            .filter(other ->
                                    other.is(CONVOLUTION) && other.outputs().contains(node.tensor(0)))
                            .filter(other -> uses.get(other.output()) == 1)
                            .findFirst()
                    : Optional.empty();
            if (convolution.isEmpty()) {
                nodes.add(node);
                continue;
            }
            Folded folded = fold(convolution.get(), node, weights, id);
            id += 2;
            kept.add(folded.weight());
            kept.add(folded.bias());
            nodes.set(nodes.indexOf(convolution.get()), folded.node());
        }
        return new DropUnused().apply(new Graph(graph.inputs(), kept, nodes, graph.outputs()));
    }

    private record Folded(Node node, Weight weight, Weight bias) {}

    private static Folded fold(Node convolution, Node norm, Map<Value, Weight> weights, int id) {
        Weight weight = weights.get(convolution.tensor(1));
        Optional<Weight> bias = convolution.arguments().get(2) instanceof Value value
                ? Optional.of(weights.get(value))
                : Optional.empty();
        float[] gain = weights.get(norm.tensor(1)).tensor().values();
        float[] offset = weights.get(norm.tensor(2)).tensor().values();
        float[] mean = weights.get(norm.tensor(3)).tensor().values();
        float[] variance = weights.get(norm.tensor(4)).tensor().values();
        double epsilon = (double) ((Argument.Constant) norm.arguments().get(7)).value();

        int channels = gain.length;
        float[] scaled = weight.tensor().values().clone();
        float[] shifted = new float[channels];
        int inner = scaled.length / channels;
        for (int c = 0; c < channels; c++) {
            double scale = gain[c] / Math.sqrt(variance[c] + epsilon);
            for (int i = 0; i < inner; i++) {
                scaled[c * inner + i] = (float) (scaled[c * inner + i] * scale);
            }
            double before = bias.isPresent() ? bias.get().tensor().values()[c] : 0;
            shifted[c] = (float) (scale * (before - mean[c]) + offset[c]);
        }
        Weight newWeight = weight(id, weight.name(), weight.tensor().shape(), scaled);
        Weight newBias = weight(
                id + 1, weight.name().replaceFirst("weight$", "") + "folded_bias", new long[] {channels}, shifted);
        List<Argument> arguments = new ArrayList<>(convolution.arguments());
        arguments.set(1, newWeight.value());
        arguments.set(2, newBias.value());
        return new Folded(new Node(CONVOLUTION, arguments, norm.outputs()), newWeight, newBias);
    }

    private static Weight weight(int id, String name, long[] shape, float[] values) {
        FloatTensor tensor = new FloatTensor(shape, values);
        Value value = new Value(id, java.util.Arrays.stream(shape).boxed().toList(), ScalarType.FLOAT32);
        return new Weight(value, name, tensor, Weight.Layout.ROW_MAJOR);
    }
}
