package org.lesionstream.trainer.optimizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import java.util.LinkedHashMap;
import java.util.Map;
import org.lesionstream.trainer.graph.ArrayValues;
import org.lesionstream.trainer.graph.FloatTensor;

/** Arrays to plain values and back, without another handle on them. */
public final class ArrayCopies {

    private ArrayCopies() {}

    /** Copies of all arrays, under their names. */
    public static Map<String, FloatTensor> read(Map<String, NDArray> arrays) {
        Map<String, FloatTensor> tensors = new LinkedHashMap<>();
        arrays.forEach((name, array) -> tensors.put(name, ArrayValues.of(array)));
        return tensors;
    }

    /**
     * Puts values back.
     *
     * @throws IllegalArgumentException naming an array that has no values, or values of another length
     */
    public static void write(Map<String, NDArray> arrays, Map<String, FloatTensor> tensors) {
        arrays.forEach((name, array) -> {
            FloatTensor tensor = tensors.get(name);
            if (tensor == null || tensor.values().length != array.size()) {
                throw new IllegalArgumentException("the kept run does not belong to this network: " + name);
            }
            try (NDManager scope = array.getManager().newSubManager()) {
                array.set(new NDIndex("..."), scope.create(tensor.values(), array.getShape()));
            }
        });
    }
}
