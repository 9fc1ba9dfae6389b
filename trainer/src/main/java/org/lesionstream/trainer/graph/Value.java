package org.lesionstream.trainer.graph;

import java.util.List;

/**
 * A tensor that a graph knows by number: an input, a weight, or what a node computes.
 *
 * @param id unique within its graph
 * @param shape extents; the first one of an image is the batch it was traced with and stays free when the graph runs
 * @param type element type
 */
public record Value(int id, List<Long> shape, ScalarType type) implements Argument {
    public Value {
        shape = List.copyOf(shape);
        if (shape.stream().anyMatch(extent -> extent < 1)) {
            throw new IllegalArgumentException("extents must be positive, was " + shape);
        }
    }

    /** One extent, counted from the outermost. */
    public long extent(int axis) {
        return shape.get(axis);
    }

    /** How many numbers it holds. */
    public long count() {
        return shape.stream().reduce(1L, Math::multiplyExact);
    }

    @Override
    public List<Value> values() {
        return List.of(this);
    }
}
