package org.lesionstream.schemas.lesion;

import java.util.Optional;

/**
 * The shape of one lesion.
 *
 * @param touchesBorder whether a pixel lies in the first or last row or column of the image, so that the lesion may go on outside
 * @param holes connected parts (edge neighbours) of what is not the lesion that do not reach outside it
 * @param convexAreaPixels exact area of the convex hull of the corners of all pixels
 * @param solidity area over convex area: 1 for a full rectangle, less for anything dented or holed; the same in pixels and millimetres
 * @param longest where the longest diameter runs: in millimetres where the spacing is known, else in pixels
 * @param pixels measures in pixels
 * @param millimetres measures in millimetres; absent without a known pixel spacing, never guessed
 */
public record LesionShape(
        boolean touchesBorder,
        int holes,
        double convexAreaPixels,
        double solidity,
        DiameterEnds longest,
        ShapeMeasures pixels,
        Optional<ShapeMeasures> millimetres) {

    public LesionShape {
        if (holes < 0) {
            throw new IllegalArgumentException("holes must not be negative, was " + holes);
        }
        if (!(convexAreaPixels >= 1) || Double.isInfinite(convexAreaPixels)) {
            throw new IllegalArgumentException("convexAreaPixels must be at least 1, was " + convexAreaPixels);
        }
        if (!(solidity > 0 && solidity <= 1)) {
            throw new IllegalArgumentException("solidity must be above 0 and at most 1, was " + solidity);
        }
    }

    /**
     * The two pixel corners that are farthest apart, in pixel coordinates that end in .5; of several pairs the first by row and column.
     */
    public record DiameterEnds(double fromRow, double fromColumn, double toRow, double toColumn) {
        public DiameterEnds {
            if (!(fromRow >= -0.5 && fromColumn >= -0.5 && toRow >= -0.5 && toColumn >= -0.5)) {
                throw new IllegalArgumentException("ends must lie in the image, were " + fromRow + ", " + fromColumn
                        + " and " + toRow + ", " + toColumn);
            }
        }
    }
}
