package org.lesionstream.trainer.optimizer;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import java.util.LinkedHashMap;
import java.util.Map;

/** Two parameters of a single number each, whose gradients a test chooses: the loss is their sum, weighted by the gradients. */
final class TwoWeights implements AutoCloseable {

    static final float FIRST = 1;
    static final float SECOND = -2;

    final NDManager manager = NDManager.newBaseManager();
    final Map<String, NDArray> weights = new LinkedHashMap<>();

    TwoWeights() {
        weights.put("a", manager.create(new float[] {FIRST}));
        weights.put("b", manager.create(new float[] {SECOND}));
        weights.values().forEach(weight -> weight.setRequiresGradient(true));
    }

    Optimizer optimizer(String rule, String clip) {
        return new Optimizer(OptimizerRule.parse(rule), GradientClip.parse(clip), weights, manager);
    }

    /** One backward pass. */
    void backward(double first, double second) {
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            NDArray loss = weights.get("a")
                    .mul((float) first)
                    .add(weights.get("b").mul((float) second))
                    .sum();
            collector.backward(loss);
        }
    }

    float[] values() {
        return new float[] {weights.get("a").getFloat(0), weights.get("b").getFloat(0)};
    }

    @Override
    public void close() {
        manager.close();
    }
}
