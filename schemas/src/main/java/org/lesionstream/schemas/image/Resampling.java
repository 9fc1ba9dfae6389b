package org.lesionstream.schemas.image;

import java.util.Optional;

/** The size to which a picture is brought before it is cut. */
record Resampling(int height, int width) {

    /** A wrong spacing in a job must not blow a picture up beyond all memory. */
    static final long MAX_PIXELS = 100_000_000;

    static Resampling of(int height, int width, Optional<PixelSpacing> spacing, InputSpec spec) {
        if (spec.geometry() == GeometryKind.FIT) {
            return new Resampling(spec.height(), spec.width());
        }
        if (spacing.isEmpty() || spec.targetSpacing().isEmpty()) {
            return new Resampling(height, width);
        }
        PixelSpacing from = spacing.get();
        PixelSpacing to = spec.targetSpacing().get();
        double rows = Math.max(1, Math.rint(height * from.rowMillimetres() / to.rowMillimetres()));
        double columns = Math.max(1, Math.rint(width * from.columnMillimetres() / to.columnMillimetres()));
        if (rows * columns > MAX_PIXELS) {
            throw new ImageRefusedException(
                    ImageRefusedException.Reason.TOO_MANY_PIXELS,
                    "more than " + MAX_PIXELS + " pixels at the spacing of the checkpoint");
        }
        return new Resampling((int) rows, (int) columns);
    }
}
