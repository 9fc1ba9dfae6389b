package org.lesionstream.trainer.graph;

import ai.djl.nn.Parameter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.lesionstream.trainer.network.SegmentationNetwork;

/**
 * What a network costs for one image: its trainable parameters and its multiply-accumulates, layer by layer.
 *
 * <ul>
 *   <li>Parameters are the trainable numbers of the state dict; the running statistics of normalisations are none.
 *   <li>Multiply-accumulates are those of convolutions, linear layers and products of arrays, half of what tools call FLOPs.
 *   <li>Layers come in the order in which they run: every operator that reads weights or adds up products.
 * </ul>
 *
 * @param layers in order; their multiply-accumulates add up to all, and so do their parameters unless the network has some without influence
 * @param parameters of all
 * @param multiplyAccumulates of all
 */
public record NetworkCost(List<LayerCost> layers, long parameters, long multiplyAccumulates) {

    public NetworkCost {
        layers = List.copyOf(layers);
    }

    /**
     * Of a whole network, including parameters that its state dict holds and no output depends on.
     *
     * @param traced the graph of the same network, with all of its heads
     */
    public static NetworkCost of(SegmentationNetwork network, Graph traced) {
        Map<String, Long> trainable = trainable(network);
        return of(
                layers(traced, trainable.keySet()),
                trainable.values().stream().mapToLong(Long::longValue).sum());
    }

    /**
     * Of the part of a network that some of its heads need: pruning as the paper of UNet++ describes it.
     *
     * @param traced the graph of the same network, with all of its heads
     * @param heads those that are kept, counted from 0
     */
    public static NetworkCost ofHeads(SegmentationNetwork network, Graph traced, int... heads) {
        Graph part = new DropUnused().apply(traced.withOutputs(heads));
        List<LayerCost> layers = layers(part, trainable(network).keySet());
        return of(layers, layers.stream().mapToLong(LayerCost::parameters).sum());
    }

    private static NetworkCost of(List<LayerCost> layers, long parameters) {
        return new NetworkCost(
                layers,
                parameters,
                layers.stream().mapToLong(LayerCost::multiplyAccumulates).sum());
    }

    private static Map<String, Long> trainable(SegmentationNetwork network) {
        return network.stateDict().entrySet().stream()
                .filter(entry -> entry.getValue().requiresGradient())
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> count(entry.getValue())));
    }

    private static long count(Parameter parameter) {
        return parameter.getShape().size();
    }

    private static List<LayerCost> layers(Graph graph, Set<String> trainable) {
        Map<Value, Weight> weights =
                graph.weights().stream().collect(Collectors.toMap(Weight::value, weight -> weight));
        Set<Weight> counted = new HashSet<>();
        List<LayerCost> layers = new ArrayList<>();
        for (Node node : graph.nodes()) {
            List<Weight> read =
                    node.inputs().filter(weights::containsKey).map(weights::get).toList();
            long products = MultiplyAccumulates.of(node);
            if (!read.isEmpty() || products > 0) {
                long parameters = read.stream()
                        .filter(weight -> trainable.contains(weight.name()))
                        .filter(counted::add)
                        .mapToLong(weight -> weight.value().count())
                        .sum();
                layers.add(new LayerCost(
                        read.isEmpty() ? "" : layerOf(read.get(0)),
                        node.operator(),
                        node.outputs().get(0).shape(),
                        parameters,
                        products));
            }
        }
        return layers;
    }

    private static String layerOf(Weight weight) {
        int end = weight.name().lastIndexOf('.');
        return end < 0 ? weight.name() : weight.name().substring(0, end);
    }
}
