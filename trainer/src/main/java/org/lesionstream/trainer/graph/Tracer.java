package org.lesionstream.trainer.graph;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import java.util.HashMap;
import java.util.Map;
import org.lesionstream.trainer.network.SegmentationNetwork;

/**
 * Turns a network into a graph by running its block once on arrays that hold no numbers, only a shape, and write down what is done to them.
 *
 * <ul>
 *   <li>What the recorder does not know is refused by name, so a graph never lacks a step.
 *   <li>{@link #trace} gives the graph of inference: normalisation by running statistics. {@link #traceTraining} gives that of a step of training: normalisation by
 *       the batch, which moves the running statistics in place, and whatever is left out at random.
 *   <li>Height and width are fixed by the trace; the number of images stays free.
 * </ul>
 */
public final class Tracer {
    private Tracer() {}

    /**
     * Records a network that has its weights.
     *
     * @return one input {@code [1, channels, height, width]}, an output for each head, weights under their reference names
     * @throws UnsupportedOperationException naming the operation that cannot be recorded
     */
    public static Graph trace(SegmentationNetwork network, long height, long width) {
        return trace(network, height, width, false);
    }

    /**
     * Records what a network does in a step of training.
     *
     * @return as {@link #trace}
     * @throws UnsupportedOperationException naming the operation that cannot be recorded
     */
    public static Graph traceTraining(SegmentationNetwork network, long height, long width) {
        return trace(network, height, width, true);
    }

    private static Graph trace(SegmentationNetwork network, long height, long width, boolean training) {
        GraphBuilder graph = new GraphBuilder();
        Value image = graph.input(ScalarType.FLOAT32, 1, network.channels(), height, width);
        RecordingArrays arrays = new RecordingArrays(graph);
        NDList logits = network.forward(
                new RecordingStore(network.stateDict(), graph, arrays), new NDList(arrays.of(image)), training);
        return graph.build(logits.stream().map(arrays::valueOf).toList());
    }

    /** Hands out recording arrays in place of weights, and takes each weight's numbers over into the graph on first use. */
    private static final class RecordingStore extends ParameterStore {
        private final Map<Parameter, String> names = new HashMap<>();
        private final Map<String, NDArray> recorded = new HashMap<>();
        private final GraphBuilder graph;
        private final RecordingArrays arrays;

        RecordingStore(Map<String, Parameter> stateDict, GraphBuilder graph, RecordingArrays arrays) {
            stateDict.forEach((name, parameter) -> names.put(parameter, name));
            this.graph = graph;
            this.arrays = arrays;
        }

        @Override
        public NDArray getValue(Parameter parameter, Device device, boolean training) {
            if (parameter == null) {
                return null; // DJL's way to say that a layer has no bias
            }
            return recorded.computeIfAbsent(
                    names.get(parameter), name -> arrays.of(graph.weight(name, ArrayValues.of(parameter.getArray()))));
        }
    }
}
