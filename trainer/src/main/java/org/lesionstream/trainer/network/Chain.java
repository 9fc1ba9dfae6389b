package org.lesionstream.trainer.network;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;

/** Layers one after the other. */
final class Chain extends Layer {
    private final List<Layer> layers = new ArrayList<>();

    Chain() {}

    /** Two layers by their names. */
    static Chain of(String name1, Layer layer1, String name2, Layer layer2) {
        return new Chain().then(name1, layer1).then(name2, layer2);
    }

    /** One more layer at the end; a chain is built before it is used. */
    Chain then(String name, Layer layer) {
        layers.add(addChildBlock(name, layer));
        return this;
    }

    @Override
    NDArray apply(Pass pass, NDArray x) {
        NDArray y = x;
        for (Layer layer : layers) {
            y = pass.through(layer, y);
        }
        return y;
    }
}
