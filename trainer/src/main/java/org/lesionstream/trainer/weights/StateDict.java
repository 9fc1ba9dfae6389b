package org.lesionstream.trainer.weights;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.lesionstream.trainer.graph.ArrayValues;
import org.lesionstream.trainer.graph.FloatTensor;
import org.lesionstream.trainer.network.SegmentationNetwork;

/** The weights of a network as plain arrays under their reference names, out of the engine and into it. */
public final class StateDict {
    private StateDict() {}

    /** Copies the weights and statistics of an initialised network, in the order of its construction. */
    public static Map<String, FloatTensor> of(SegmentationNetwork network) {
        Map<String, FloatTensor> tensors = new LinkedHashMap<>();
        network.stateDict().forEach((name, parameter) -> tensors.put(name, ArrayValues.of(parameter.getArray())));
        return tensors;
    }

    /**
     * Gives a network its weights and makes it ready to run. A network that has weights already gets new ones.
     *
     * @param tensors exactly the network's names, each with the network's shape
     * @param manager owner of the new arrays
     * @param image a shape the network accepts, {@code [N, C, H, W]}
     * @throws IllegalArgumentException naming what is unknown, missing or of another shape
     */
    public static void load(
            SegmentationNetwork network, Map<String, FloatTensor> tensors, NDManager manager, Shape image) {
        if (!network.isInitialized()) {
            network.initialize(manager, DataType.FLOAT32, image);
        }
        Map<String, Parameter> parameters = network.stateDict();
        Set<String> unknown = new TreeSet<>(tensors.keySet());
        unknown.removeAll(parameters.keySet());
        Set<String> missing = new TreeSet<>(parameters.keySet());
        missing.removeAll(tensors.keySet());
        if (!unknown.isEmpty() || !missing.isEmpty()) {
            throw new IllegalArgumentException(
                    "weights do not belong to " + network.spec() + ": unknown " + unknown + ", missing " + missing);
        }
        parameters.forEach((name, parameter) -> {
            FloatTensor tensor = tensors.get(name);
            NDArray array = parameter.getArray();
            if (!Arrays.equals(array.getShape().getShape(), tensor.shape())) {
                throw new IllegalArgumentException(
                        name + " must have the shape " + array.getShape() + ", was " + Arrays.toString(tensor.shape()));
            }
            array.set(tensor.values());
        });
    }
}
