package org.lesionstream.trainer.graph;

import java.util.List;

/**
 * What one operator call of a network costs for one image.
 *
 * @param name reference name of the layer, the common part of the names of its weights; empty for a product of two computed arrays
 * @param operator of the engine, such as {@code aten::conv2d}
 * @param output extents of what it computes
 * @param parameters trainable numbers that it is the first to read
 * @param multiplyAccumulates products that it adds up
 */
public record LayerCost(String name, String operator, List<Long> output, long parameters, long multiplyAccumulates) {

    public LayerCost {
        output = List.copyOf(output);
        if (parameters < 0 || multiplyAccumulates < 0) {
            throw new IllegalArgumentException(name + " cannot cost less than nothing: parameters " + parameters
                    + ", multiplyAccumulates " + multiplyAccumulates);
        }
    }
}
