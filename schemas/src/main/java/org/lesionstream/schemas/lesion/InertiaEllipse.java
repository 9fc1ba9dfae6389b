package org.lesionstream.schemas.lesion;

import java.util.Optional;

/**
 * The ellipse that has the second moments of a region, from the covariance of its pixel centres.
 *
 * @param major 4 sqrt(l1), the longer axis; l1 ≥ l2 are the eigenvalues of the covariance
 * @param minor 4 sqrt(l2)
 * @param eccentricity sqrt((l1 - l2) / l1), 0 where l1 is 0
 * @param orientation angle in (-pi/2, pi/2] of the longer axis, 0 along the rows' axis; absent where no direction is longer
 */
record InertiaEllipse(double major, double minor, double eccentricity, Optional<Double> orientation) {

    /**
     * From second moments in pixels.
     *
     * @param row distance of neighbouring rows in the unit of the result
     * @param column distance of neighbouring columns
     */
    static InertiaEllipse of(RegionMoments moments, double row, double column) {
        double rr = row * row * moments.rowVariance();
        double rc = row * column * moments.covariance();
        double cc = column * column * moments.columnVariance();
        double spread = Math.sqrt((rr - cc) * (rr - cc) + 4 * rc * rc);
        double first = (rr + cc + spread) / 2;
        double second = first == 0 ? 0 : Math.max(0, (rr * cc - rc * rc) / first); // no cancellation for thin ones
        return new InertiaEllipse(
                4 * Math.sqrt(first),
                4 * Math.sqrt(second),
                first == 0 ? 0 : Math.min(1, Math.sqrt(spread / first)),
                spread == 0 ? Optional.empty() : Optional.of(angle(rr - cc, rc)));
    }

    private static double angle(double difference, double rc) {
        double angle = 0.5 * Math.atan2(2 * rc, difference);
        return angle == -Math.PI / 2 ? Math.PI / 2 : angle;
    }
}
