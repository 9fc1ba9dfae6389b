package org.lesionstream.schemas.lesion;

import java.util.Optional;

/**
 * Size and shape of one lesion in one unit of length: in pixels, or in millimetres. Pixels that are not square make both differ in more
 * than a factor, so each set is measured by itself.
 *
 * <p>Point (row r, column c) lies at (r, c) pixels, or at (a r, b c) millimetres with a and b the spacing of rows and columns. All of
 * these values are those of the pixels of the lesion alone.
 *
 * @param equivalentDiameter diameter of the disc of equal area, sqrt(4 area / pi)
 * @param majorAxis 4 sqrt(l1), where l1 ≥ l2 are the eigenvalues of the population covariance of the pixel centres: the longer axis of
 *     the ellipse with the same second moments; 0 for a single pixel
 * @param minorAxis 4 sqrt(l2); 0 for a straight line of pixels
 * @param eccentricity sqrt((l1 - l2) / l1): 0 for a disc, towards 1 for a line; 0 for a single pixel
 * @param orientation angle t in (-pi/2, pi/2] such that (row, column) = (cos t, sin t) points along the major axis: 0 is vertical, pi/2
 *     horizontal, pi/4 down and right; absent where no direction is longer than the others
 * @param perimeter Crofton's formula over four directions, each weighted by its line distance and the sector of directions nearest to it;
 *     outlines of holes included. Within about 1 % for discs and square pixels (Legland et al., MorphoLibJ, Bioinformatics 2016)
 * @param circularity 4 pi area / perimeter²: 1 for a disc, less for anything longer, rougher or holed; above 1 for a few pixels
 * @param longestDiameter maximum Feret diameter: the largest distance between two pixel corners, as RECIST 1.1 measures
 * @param perpendicularDiameter extent at right angles to the longest diameter, as the WHO criteria measure; the largest where several
 *     pairs of corners are equally far apart
 * @param shortestDiameter minimum caliper width: the smallest distance between two parallel lines that enclose the lesion
 * @param holeArea area of the holes, whatever their pixels carry, in the square of the unit
 */
public record ShapeMeasures(
        double equivalentDiameter,
        double majorAxis,
        double minorAxis,
        double eccentricity,
        Optional<Double> orientation,
        double perimeter,
        double circularity,
        double longestDiameter,
        double perpendicularDiameter,
        double shortestDiameter,
        double holeArea) {

    public ShapeMeasures {
        positive("equivalentDiameter", equivalentDiameter);
        notNegative("majorAxis", majorAxis);
        notNegative("minorAxis", minorAxis);
        if (!(eccentricity >= 0 && eccentricity <= 1)) {
            throw new IllegalArgumentException("eccentricity must be from 0 to 1, was " + eccentricity);
        }
        orientation.ifPresent(angle -> {
            if (!(Math.abs(angle) <= Math.PI / 2)) {
                throw new IllegalArgumentException("orientation must be from -pi/2 to pi/2, was " + angle);
            }
        });
        positive("perimeter", perimeter);
        positive("circularity", circularity);
        positive("longestDiameter", longestDiameter);
        positive("perpendicularDiameter", perpendicularDiameter);
        positive("shortestDiameter", shortestDiameter);
        notNegative("holeArea", holeArea);
    }

    private static void positive(String name, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(name + " must be positive and finite, was " + value);
        }
    }

    private static void notNegative(String name, double value) {
        if (!(value >= 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(name + " must be finite and not negative, was " + value);
        }
    }
}
