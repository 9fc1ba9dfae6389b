package org.lesionstream.worker.tile;

import java.util.List;
import org.lesionstream.schemas.image.TilePlan;

/**
 * A picture as network inputs.
 *
 * @param plan which tile covers what, and how the outputs become a mask of the picture's size again
 * @param tiles one input each, in the order of the plan's tiles; the holder of this record owns the arrays
 */
public record CutImage(TilePlan plan, List<byte[]> tiles) {

    public CutImage {
        tiles = List.copyOf(tiles);
        if (tiles.isEmpty()) {
            throw new IllegalArgumentException("tiles must not be empty");
        }
    }
}
