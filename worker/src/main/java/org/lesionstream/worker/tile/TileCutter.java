package org.lesionstream.worker.tile;

import java.util.ArrayList;
import java.util.List;
import org.lesionstream.schemas.image.Geometry;
import org.lesionstream.schemas.image.ImageRefusedException;
import org.lesionstream.schemas.image.InputSpec;
import org.lesionstream.schemas.image.PixelGrid;
import org.lesionstream.schemas.image.TilePlan;
import org.lesionstream.schemas.image.Tiler;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.worker.failure.SegmentationException;

/**
 * Brings a picture into the form that a checkpoint wants and cuts it.
 *
 * <p>Stateless, hence shared by the decode threads. A picture becomes {@code tiles * tileBytes} bytes: about 1.3 times its own
 * size at the usual margins, so limits on pixels bound this too.
 */
public final class TileCutter {

    /**
     * Prepares and cuts.
     *
     * @param grid left as it is; its spacing counts where the checkpoint wants one of its own
     * @throws SegmentationException if the picture has a number of channels that the checkpoint cannot use, or would be too
     *     large at the checkpoint's spacing
     */
    public CutImage cut(PixelGrid grid, InputSpec spec) {
        if (!usable(grid.channels(), spec.channels())) {
            throw new SegmentationException(FailureCode.IMAGE_NOT_SUITABLE, "/image");
        }
        PixelGrid prepared = prepared(grid, spec);
        TilePlan plan = Geometry.plan(grid, spec);
        List<byte[]> tiles = new ArrayList<>(plan.tiles().size());
        for (TilePlan.Tile tile : plan.tiles()) {
            byte[] bytes = new byte[spec.tileBytes()];
            Tiler.cut(prepared, tile, bytes, 0);
            tiles.add(bytes);
        }
        return new CutImage(plan, tiles);
    }

    private static PixelGrid prepared(PixelGrid grid, InputSpec spec) {
        try {
            return Geometry.prepare(grid, spec);
        } catch (ImageRefusedException e) { // a wrong spacing would blow the picture up
            throw new SegmentationException(FailureCode.TOO_MANY_PIXELS, "/pixelSpacing", e);
        }
    }

    /** Grey becomes any number of channels, colour becomes grey; nothing else is guessed. */
    private static boolean usable(int given, int wanted) {
        return given == wanted || given == 1 || (given == 3 && wanted == 1);
    }
}
