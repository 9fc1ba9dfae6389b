package org.lesionstream.trainer.testing;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Random;
import org.lesionstream.trainer.network.NetworkCatalog;
import org.lesionstream.trainer.network.NetworkSpec;
import org.lesionstream.trainer.network.SegmentationNetwork;

/** Networks whose every parameter is random, normalisation statistics included, so that a mistake in any of them shows. */
public final class RandomNetworks {
    private RandomNetworks() {}

    public static SegmentationNetwork build(String spec, NDManager manager, long height, long width, long seed) {
        return build(spec, manager, DataType.FLOAT32, height, width, seed);
    }

    public static SegmentationNetwork build(
            String spec, NDManager manager, DataType type, long height, long width, long seed) {
        SegmentationNetwork network = NetworkCatalog.build(NetworkSpec.parse(spec));
        network.initialize(manager, type, new Shape(1, network.channels(), height, width));
        Random random = new Random(seed);
        network.stateDict().forEach((name, parameter) -> {
            NDArray array = parameter.getArray();
            double spread = array.getShape().dimension() == 4
                    ? 1.5 / Math.sqrt(array.size() / (double) array.getShape().get(0))
                    : 0.2;
            double centre = name.endsWith("running_var") || isScale(name, array) ? 1 : 0;
            double[] values = new double[(int) array.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = centre + spread * (2 * random.nextDouble() - 1);
            }
            try (NDArray fresh = manager.create(values, array.getShape()).toType(type, false)) {
                fresh.copyTo(array);
            }
        });
        return network;
    }

    private static boolean isScale(String name, NDArray array) {
        return name.endsWith("weight") && array.getShape().dimension() == 1;
    }
}
