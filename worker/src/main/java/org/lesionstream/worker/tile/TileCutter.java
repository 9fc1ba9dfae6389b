package org.lesionstream.worker.tile;

import org.lesionstream.schemas.image.Geometry;
import org.lesionstream.schemas.image.ImageRefusedException;
import org.lesionstream.schemas.image.InputSpec;
import org.lesionstream.schemas.image.PixelGrid;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.worker.failure.SegmentationException;

/**
 * Brings a picture into the form that a checkpoint wants and says where to cut it.
 *
 * <p>Stateless, hence shared by the decode threads. A picture that is taken as it is costs no further memory; one that is
 * resized or converted costs its prepared form once more.
 */
public final class TileCutter {

    /**
     * Prepares and plans.
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
        return new CutImage(Geometry.plan(grid, spec), prepared, spec.tileBytes());
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
