package org.lesionstream.trainer.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;

/** A piece of a network, made of smaller blocks: what it computes reads as one line per block, {@code pass.through(block, inputs)}. */
abstract class Part extends AbstractBlock {

    /** One run through the network: where the weights come from, and whether normalisation uses the statistics of the batch. */
    record Pass(ParameterStore weights, boolean training) {
        NDArray through(Block block, NDArray... inputs) {
            return block.forward(weights, new NDList(inputs), training).singletonOrThrow();
        }
    }

    abstract NDList compute(Pass pass, NDList inputs);

    @Override
    protected final NDList forwardInternal(
            ParameterStore weights, NDList inputs, boolean training, PairList<String, Object> parameters) {
        return compute(new Pass(weights, training), inputs);
    }

    /** Draws the weights of each child, which must be told its input shapes in the order of the data's flow. */
    @Override
    protected abstract void initializeChildBlocks(NDManager manager, DataType type, Shape... inputShapes);

    /** Initialises one child and says what shape it gives. */
    static Shape initialized(Block block, NDManager manager, DataType type, Shape... inputShapes) {
        block.initialize(manager, type, inputShapes);
        return block.getOutputShapes(inputShapes)[0];
    }
}
