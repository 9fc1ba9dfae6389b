package org.lesionstream.trainer.testing;

import ai.djl.ndarray.NDArray;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.lesionstream.trainer.graph.FloatTensor;
import org.lesionstream.trainer.network.SegmentationNetwork;

/**
 * Weights that follow from their names, so that a file made elsewhere can be checked: element i of a parameter whose name has the bytes' sum c is {@code (7 i +
 * 37 c) mod 101}, moved and divided by 64. Every number is exact in binary16 as well.
 */
public final class FormulaWeights {
    private FormulaWeights() {}

    public static float[] of(String name, int count) {
        int sum = 0;
        for (byte letter : name.getBytes(StandardCharsets.UTF_8)) {
            sum += letter;
        }
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            int number = (7 * i + 37 * sum) % 101;
            values[i] = name.endsWith("running_var") ? number / 64f + 0.5f : (number - 50) / 64f;
        }
        return values;
    }

    /** For every name of an initialised network. */
    public static Map<String, FloatTensor> of(SegmentationNetwork network) {
        Map<String, FloatTensor> tensors = new LinkedHashMap<>();
        network.stateDict().forEach((name, parameter) -> {
            NDArray array = parameter.getArray();
            tensors.put(name, new FloatTensor(array.getShape().getShape(), of(name, (int) array.size())));
        });
        return tensors;
    }
}
