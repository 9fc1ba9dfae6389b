package org.lesionstream.worker.testing;

import java.util.Optional;
import org.lesionstream.schemas.lesion.IntensityStatistics;
import org.lesionstream.schemas.lesion.LesionShape;
import org.lesionstream.schemas.lesion.LesionShape.DiameterEnds;
import org.lesionstream.schemas.lesion.LesionStatistics;
import org.lesionstream.schemas.lesion.ShapeMeasures;

/**
 * A lesion of four pixels, as it would be measured: a square of two by two where the index is even, else a row of four.
 *
 * @param measured whether the pixel spacing, half a millimetre, is known
 * @param shaped whether shape and intensities were measured
 */
record SampleLesion(int index, boolean measured, boolean shaped) {
    static final int PIXELS = 4;
    static final double SPACING = 0.5;
    private static final int ROW = 2;

    /** Longest diameter of the longer kind in pixels: from corner to corner of a row of four. */
    static final double LONGEST = Math.sqrt(17);

    static Optional<Double> squareMillimetres(long pixels, boolean measured) {
        return measured ? Optional.of(pixels * SPACING * SPACING) : Optional.empty();
    }

    LesionStatistics statistics() {
        return new LesionStatistics(
                index,
                1,
                PIXELS,
                squareMillimetres(PIXELS, measured),
                ROW + (height() - 1) / 2.0,
                column() + (width() - 1) / 2.0,
                ROW,
                column(),
                ROW + height(),
                column() + width(),
                Optional.of(0.875),
                Optional.of(0.5),
                shaped ? Optional.of(shape()) : Optional.empty(),
                shaped ? Optional.of(new IntensityStatistics(96.25, 12, 200 + index % 50, 31.5)) : Optional.empty());
    }

    private boolean square() {
        return index % 2 == 0;
    }

    private int height() {
        return square() ? 2 : 1;
    }

    private int width() {
        return square() ? 2 : PIXELS;
    }

    private int column() {
        return index % (SampleJob.WIDTH - PIXELS + 1);
    }

    private LesionShape shape() {
        return new LesionShape(
                column() == 0 || column() + width() == SampleJob.WIDTH,
                0,
                PIXELS,
                1,
                new DiameterEnds(ROW - 0.5, column() - 0.5, ROW + height() - 0.5, column() + width() - 0.5),
                measures(1),
                measured ? Optional.of(measures(SPACING)) : Optional.empty());
    }

    /** Both kinds scale with the size of a pixel, since it is square. */
    private ShapeMeasures measures(double pixel) {
        double disc = pixel * 4 / Math.sqrt(Math.PI);
        return square()
                ? measures(pixel, disc, 2, 2, 0, Optional.empty(), 4 + 6 / Math.sqrt(2), Math.sqrt(8), Math.sqrt(8), 2)
                : measures(
                        pixel,
                        disc,
                        4 * Math.sqrt(1.25),
                        0,
                        1,
                        Optional.of(Math.PI / 2),
                        5 + 8 / Math.sqrt(2),
                        LONGEST,
                        8 / LONGEST,
                        1);
    }

    private static ShapeMeasures measures(
            double pixel,
            double disc,
            double majorAxis,
            double minorAxis,
            double eccentricity,
            Optional<Double> orientation,
            double runs,
            double longest,
            double perpendicular,
            double shortest) {
        double perimeter = Math.PI / 4 * runs * pixel;
        return new ShapeMeasures(
                disc,
                majorAxis * pixel,
                minorAxis * pixel,
                eccentricity,
                orientation,
                perimeter,
                4 * Math.PI * PIXELS * pixel * pixel / (perimeter * perimeter),
                longest * pixel,
                perpendicular * pixel,
                shortest * pixel,
                0);
    }
}
