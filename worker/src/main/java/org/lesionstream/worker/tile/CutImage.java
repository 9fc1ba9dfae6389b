package org.lesionstream.worker.tile;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import org.lesionstream.schemas.image.PixelGrid;
import org.lesionstream.schemas.image.TilePlan;
import org.lesionstream.schemas.image.Tiler;

/**
 * A picture as network inputs, each of which is cut when it is asked for: the cut is the only copy of the pixels on their way
 * to the device.
 *
 * @param plan which tile covers what, and how the outputs become a mask of the picture's size again
 * @param prepared the picture in the form that the network wants; nobody writes to it any more
 * @param tileBytes bytes of one input
 */
public record CutImage(TilePlan plan, PixelGrid prepared, int tileBytes) {

    public CutImage {
        requireNonNull(plan, "plan");
        requireNonNull(prepared, "prepared");
    }

    public int tiles() {
        return plan.tiles().size();
    }

    /** Writes the samples of one tile, [H, W, C], from absolute position {@code offset} on. */
    public void cut(int tile, ByteBuffer target, int offset) {
        Tiler.cut(prepared, plan.tiles().get(tile), target, offset);
    }
}
