package org.lesionstream.trainer.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoublePredicate;
import java.util.function.DoubleSupplier;
import org.lesionstream.trainer.graph.FloatTensor;
import org.lesionstream.trainer.optimizer.ArrayCopies;
import org.lesionstream.trainer.optimizer.Optimizer;
import org.lesionstream.trainer.optimizer.WeightAverage;

/**
 * A network with everything that changes while it learns: weights, what the optimizer keeps, their average, and a copy of the best weights so far.
 *
 * <p>The engine hands out a new handle for a gradient each time one is asked for and hangs it on the manager of the parameter. {@link #lend} therefore
 * moves the parameters to the manager of the step, which closes those handles and then gives the parameters back. Confined
 * to the training thread.
 */
final class Learner {

    private static final String WEIGHTS = "weights/";
    private static final String BEST = "best/";
    private static final String OPTIMIZER = "optimizer/";
    private static final String AVERAGE = "average/";

    private final Block network;
    private final ParameterStore store;
    private final Map<String, NDArray> weights = new LinkedHashMap<>();
    private final Optimizer optimizer;
    private final Optional<WeightAverage> average;
    private final NDArray[] lent;
    private Map<String, FloatTensor> best = Map.of();

    /**
     * @param network initialised on {@code manager}
     */
    Learner(Block network, RunSettings settings, NDManager manager) {
        this.network = network;
        this.store = new ParameterStore(manager, false);
        Map<String, NDArray> learning = new LinkedHashMap<>();
        network.getParameters().forEach(pair -> {
            Parameter parameter = pair.getValue();
            // Asking for training marks the arrays whose gradients autograd must keep.
            NDArray array = store.getValue(parameter, manager.getDevice(), true);
            weights.put(pair.getKey(), array);
            if (parameter.requiresGradient()) {
                learning.put(pair.getKey(), array);
            }
        });
        this.optimizer = new Optimizer(settings.optimizer(), settings.clip(), learning, manager);
        this.average = settings.average().map(rule -> new WeightAverage(rule, weights, manager));
        List<NDArray> all = new ArrayList<>(weights.values());
        all.addAll(optimizer.slots());
        average.ifPresent(kept -> all.addAll(kept.arrays()));
        this.lent = all.toArray(NDArray[]::new);
    }

    /** Hangs all arrays on the manager of a step until that closes. */
    void lend(NDManager step) {
        step.tempAttachAll(lent);
    }

    /** The logits of every head, with batch statistics; call it inside a gradient collector. */
    NDList forward(NDArray images) {
        return network.forward(store, new NDList(images), true);
    }

    /** Moves every parameter by its gradient; call it after the gradient collector has closed. */
    void step(double learningRate) {
        optimizer.step(learningRate);
        average.ifPresent(WeightAverage::follow);
    }

    /**
     * Judges the weights, or their average where there is one.
     *
     * @param isBest whether weights with such a score are the best so far; then a copy of them is kept
     */
    double judge(DoubleSupplier judge, DoublePredicate isBest) {
        average.ifPresent(WeightAverage::swap);
        double score = judge.getAsDouble();
        if (isBest.test(score)) {
            best = ArrayCopies.read(weights);
        }
        average.ifPresent(WeightAverage::swap);
        return score;
    }

    /** Leaves the network with the best weights, or, while none were kept, with those that would be judged now. */
    void useBest() {
        if (best.isEmpty()) {
            average.ifPresent(WeightAverage::swap);
        } else {
            ArrayCopies.write(weights, best);
        }
    }

    /** A copy of everything, by name. */
    Map<String, FloatTensor> state() {
        Map<String, FloatTensor> state = new LinkedHashMap<>();
        put(state, WEIGHTS, ArrayCopies.read(weights));
        put(state, BEST, best);
        put(state, OPTIMIZER, optimizer.state());
        average.ifPresent(kept -> put(state, AVERAGE, kept.state()));
        return state;
    }

    /** Puts a {@link #state} back. */
    void restore(Map<String, FloatTensor> state) {
        ArrayCopies.write(weights, part(state, WEIGHTS));
        best = part(state, BEST);
        optimizer.restore(part(state, OPTIMIZER));
        average.ifPresent(kept -> kept.restore(part(state, AVERAGE)));
    }

    private static void put(Map<String, FloatTensor> all, String prefix, Map<String, FloatTensor> part) {
        part.forEach((name, tensor) -> all.put(prefix + name, tensor));
    }

    private static Map<String, FloatTensor> part(Map<String, FloatTensor> all, String prefix) {
        Map<String, FloatTensor> part = new LinkedHashMap<>();
        all.forEach((name, tensor) -> {
            if (name.startsWith(prefix)) {
                part.put(name.substring(prefix.length()), tensor);
            }
        });
        return part;
    }
}
