package org.lesionstream.trainer.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.Initializer;
import ai.djl.util.PairList;

/**
 * A piece of a network, made of smaller pieces: what it computes reads as one line per piece, {@code pass.through(piece, inputs)}.
 *
 * <p>Every layer is told its channels when it is built, so a network can be initialised without passing shapes from layer to layer.
 */
abstract class Part extends AbstractBlock {

    /** Name of a child whose parameters are named as if they were its parent's. */
    static final String UNNAMED = "";

    /** One run through the network: where the weights come from, and whether it is a step of training. */
    record Pass(ParameterStore weights, boolean training) {
        /** The only output of a piece. */
        NDArray through(Block block, NDArray... inputs) {
            return all(block, inputs).singletonOrThrow();
        }

        /** All outputs of a piece. */
        NDList all(Block block, NDArray... inputs) {
            return block.forward(weights, new NDList(inputs), training);
        }

        /** The numbers of a parameter, where the array {@code beside} is. */
        NDArray value(Parameter parameter, NDArray beside) {
            return weights.getValue(parameter, beside.getDevice(), training);
        }
    }

    abstract NDList compute(Pass pass, NDList inputs);

    @Override
    protected final NDList forwardInternal(
            ParameterStore weights, NDList inputs, boolean training, PairList<String, Object> parameters) {
        return compute(new Pass(weights, training), inputs);
    }

    /** One more parameter of this part itself, drawn by an initializer. */
    final Parameter parameter(String name, Parameter.Type type, Initializer initializer, long... shape) {
        return addParameter(Parameter.builder()
                .setName(name)
                .setType(type)
                .optShape(new Shape(shape))
                .optInitializer(initializer)
                .build());
    }

    @Override
    protected final void initializeChildBlocks(NDManager manager, DataType type, Shape... inputShapes) {
        getChildren().values().forEach(child -> child.initialize(manager, type, inputShapes));
    }

    /** Not known to a part by itself: its pieces know their channels, and a run shows the sizes. */
    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        throw new UnsupportedOperationException("output shapes are asked of whole networks");
    }
}
