package org.lesionstream.trainer.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.training.optimizer.Adam;
import java.util.ArrayList;
import java.util.List;

/**
 * A network with the state that Adam keeps about its parameters (Kingma and Ba 2015; betas 0.9 and 0.999, epsilon 1e-8, no weight decay).
 *
 * <p>The engine hands out a new handle for a gradient each time one is asked for and hangs it on the manager of the parameter. {@link #lend} therefore
 * moves the parameters to the manager of the step, which closes those handles and then gives the parameters back. Confined
 * to the training thread.
 */
final class Learner {

    private final Block network;
    private final ParameterStore store;
    private final List<Parameter> learning = new ArrayList<>();
    private final NDArray[] arrays;
    private final Adam adam;
    private double rate;

    /**
     * @param network initialised on {@code manager}
     */
    Learner(Block network, NDManager manager) {
        this.network = network;
        this.store = new ParameterStore(manager, false);
        List<NDArray> all = new ArrayList<>();
        for (Parameter parameter : network.getParameters().values()) {
            // Asking for training marks the arrays whose gradients autograd must keep.
            all.add(store.getValue(parameter, manager.getDevice(), true));
            if (parameter.requiresGradient()) {
                learning.add(parameter);
            }
        }
        this.arrays = all.toArray(NDArray[]::new);
        this.adam = Adam.builder()
                .optLearningRateTracker((parameter, update) -> (float) rate)
                .build();
    }

    /** Hangs all parameters on the manager of a step until that closes. */
    void lend(NDManager step) {
        step.tempAttachAll(arrays);
    }

    /** The logits of every head, with batch statistics; call it inside a gradient collector. */
    NDList forward(NDArray images) {
        return network.forward(store, new NDList(images), true);
    }

    /** Moves every parameter against its gradient; call it after the gradient collector has closed. */
    void step(double learningRate) {
        rate = learningRate;
        for (Parameter parameter : learning) {
            adam.update(
                    parameter.getId(),
                    parameter.getArray(),
                    parameter.getArray().getGradient());
        }
    }

    /** A copy of all parameters and statistics, on the Java heap. */
    List<float[]> copy() {
        List<float[]> values = new ArrayList<>(arrays.length);
        for (NDArray array : arrays) {
            values.add(array.toFloatArray());
        }
        return values;
    }

    /** Puts a {@link #copy} back. */
    void restore(List<float[]> values) {
        try (NDManager scope = arrays[0].getManager().newSubManager()) {
            for (int index = 0; index < arrays.length; index++) {
                NDArray value = scope.create(values.get(index), arrays[index].getShape());
                arrays[index].set(new NDIndex("..."), value);
            }
        }
    }
}
