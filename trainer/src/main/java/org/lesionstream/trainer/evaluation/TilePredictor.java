package org.lesionstream.trainer.evaluation;

import java.util.List;
import org.lesionstream.schemas.image.TileOutput;

/** A network as its users see it: tile bytes in, decided or probability bytes out, one output per tile in the same order. */
@FunctionalInterface
public interface TilePredictor {

    /**
     * Predicts some tiles together.
     *
     * @param tiles each {@code [H, W, C]} uint8, all of the network's input size
     */
    List<TileOutput> predict(List<byte[]> tiles);
}
