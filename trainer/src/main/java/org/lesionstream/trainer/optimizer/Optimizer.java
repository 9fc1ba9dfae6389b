package org.lesionstream.trainer.optimizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lesionstream.trainer.graph.FloatTensor;

/**
 * Moves the parameters of a network by one rule, and remembers what that rule needs.
 *
 * <p>The engine adds every backward pass to the gradients that are there. A step sets them to zero at its end, so it moves by the sum of the passes since the last
 * step; gradients of several passes are accumulated by running backward several times before it.
 *
 * <p>The state is the number of steps and the slots, and can be read and put back exactly. Confined to the training thread.
 */
public final class Optimizer {

    private static final String STEPS = "steps";
    private static final NDIndex WHOLE = new NDIndex("...");

    private final OptimizerRule rule;
    private final GradientClip clip;
    private final Map<String, NDArray> learning;
    private final Map<String, NDArray> slots = new LinkedHashMap<>();
    private int steps;

    /**
     * @param learning the parameters that have gradients, by name
     * @param manager owner of the slots
     */
    public Optimizer(OptimizerRule rule, GradientClip clip, Map<String, NDArray> learning, NDManager manager) {
        this.rule = rule;
        this.clip = clip;
        this.learning = new LinkedHashMap<>(learning);
        learning.forEach((name, array) -> rule.slots()
                .forEach(slot -> slots.put(slot + "." + name, manager.zeros(array.getShape(), DataType.FLOAT32))));
    }

    /** Everything that a step works on beside the parameters; it must hang on the manager of the step while that runs. */
    public List<NDArray> slots() {
        return List.copyOf(slots.values());
    }

    /** Moves every parameter against its gradient; call it after the gradient collector has closed. */
    public void step(double rate) {
        steps++;
        List<NDArray> gradients =
                learning.values().stream().map(NDArray::getGradient).toList();
        List<NDArray> bounded = clip.apply(gradients);
        int index = 0;
        for (Map.Entry<String, NDArray> parameter : learning.entrySet()) {
            List<NDArray> own = new ArrayList<>();
            rule.slots().forEach(slot -> own.add(slots.get(slot + "." + parameter.getKey())));
            rule.update(parameter.getValue(), bounded.get(index++), own, rate, steps);
        }
        // Set, not multiplied: nothing else takes a gradient back that is not a number.
        gradients.forEach(gradient -> gradient.set(WHOLE, 0));
    }

    /** The state as plain values. */
    public Map<String, FloatTensor> state() {
        Map<String, FloatTensor> state = new LinkedHashMap<>(ArrayCopies.read(slots));
        // Exact up to 2^24 steps, which no run reaches.
        state.put(STEPS, new FloatTensor(new long[0], new float[] {steps}));
        return state;
    }

    /** Puts a {@link #state} back. */
    public void restore(Map<String, FloatTensor> state) {
        ArrayCopies.write(slots, state);
        steps = Math.round(state.get(STEPS).values()[0]);
    }
}
