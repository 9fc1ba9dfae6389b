package org.lesionstream.trainer.graph;

import static org.lesionstream.trainer.graph.Operators.CONVOLUTION;
import static org.lesionstream.trainer.graph.Operators.UP_CONVOLUTION;

/**
 * How many products one operator call adds up, in the inner loops of convolutions and matrix products alone: normalisation, activation and resizing are
 * not counted, and an operator that is not listed here costs nothing.
 *
 * <p>A transposed convolution is counted by the products that are really needed, that is at the resolution of its input.
 */
final class MultiplyAccumulates {
    private MultiplyAccumulates() {}

    /** Products of one call, for the number of images that the graph was traced with. */
    static long of(Node node) {
        return switch (node.operator()) {
            case CONVOLUTION, "aten::linear" -> eachMeetsOneRow(node.output(), node.tensor(1));
            case UP_CONVOLUTION -> eachMeetsOneRow(node.tensor(0), node.tensor(1));
            case "aten::matmul", "aten::bmm" -> Math.multiplyExact(node.output().count(), inner(node.tensor(0)));
            default -> 0;
        };
    }

    /** Every number is multiplied by, or summed up from products with, one row of the weight: all but its outermost extent. */
    private static long eachMeetsOneRow(Value numbers, Value weight) {
        return Math.multiplyExact(numbers.count(), weight.count() / weight.extent(0));
    }

    private static long inner(Value left) {
        return left.extent(left.shape().size() - 1);
    }
}
