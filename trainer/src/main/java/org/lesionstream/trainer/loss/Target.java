package org.lesionstream.trainer.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.Optional;

/**
 * What the logits of a batch are compared with.
 *
 * @param classes {@code [N, K, H, W]}, 0 or 1: the foreground for {@code K = 1}, one-hot over the classes otherwise
 * @param weights {@code [N, 1, H, W]}, how much each pixel weighs, not negative; none where all weigh alike
 */
public record Target(NDArray classes, Optional<NDArray> weights) {

    public Target {
        Shape shape = classes.getShape();
        if (shape.dimension() != 4) {
            throw new IllegalArgumentException("classes must be [N, K, H, W], were " + shape);
        }
        Shape expected = new Shape(shape.get(0), 1, shape.get(2), shape.get(3));
        if (weights.isPresent() && !weights.get().getShape().equals(expected)) {
            throw new IllegalArgumentException("weights must be %s like the classes, were %s"
                    .formatted(expected, weights.get().getShape()));
        }
    }

    /**
     * The target of a head: every so many-th pixel, from the first on, if the head is smaller by a whole factor; else this one.
     *
     * @param head shape of its logits
     */
    public Target thinnedTo(Shape head) {
        Shape full = classes.getShape();
        long step = full.get(2) / Math.max(1, head.get(2));
        boolean whole = step > 1 && head.get(2) * step == full.get(2) && head.get(3) * step == full.get(3);
        if (!whole) {
            return this;
        }
        NDIndex places = new NDIndex(":, :, ::" + step + ", ::" + step);
        return new Target(classes.get(places), weights.map(plane -> plane.get(places)));
    }

    /** Refuses logits of another shape; a broadcast would train on nonsense in silence. */
    void requireShapeOf(NDArray logits) {
        Shape shape = logits.getShape();
        if (!shape.equals(classes.getShape())) {
            throw new IllegalArgumentException(
                    "logits and target must both be [N, K, H, W], were %s and %s".formatted(shape, classes.getShape()));
        }
    }

    /** Refuses logits of another shape, and more than one map. */
    void requireOneMap(NDArray logits, String loss) {
        requireShapeOf(logits);
        if (logits.getShape().get(1) != 1) {
            throw new IllegalArgumentException("%s needs one map of logits, there were %d"
                    .formatted(loss, logits.getShape().get(1)));
        }
    }
}
