package org.lesionstream.trainer.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.lesionstream.schemas.image.LabelMask;
import org.lesionstream.schemas.image.PixelSpacing;
import org.lesionstream.trainer.testing.Masks;

class SurfaceDistancesTest {
    private static final PixelSpacing SPACING = new PixelSpacing(0.5, 2);

    @Test
    void twoPixelsAreAsFarApartAsTheirCentres() {
        SurfaceDistances apart = between(Masks.of("1....", ".....", "....."), Masks.of(".....", ".....", "....1"))
                .orElseThrow();
        assertThat(apart.hausdorff()).isEqualTo(Math.sqrt(20));
        assertThat(apart.hausdorff95()).isEqualTo(Math.sqrt(20));
    }

    @Test
    void spacingTurnsPixelsIntoMillimetres() {
        SurfaceDistances apart = SurfaceDistances.between(
                        Masks.of("1..", "...", "..."), Masks.of("...", "...", "..1"), 1, Optional.of(SPACING))
                .orElseThrow();
        assertThat(apart.hausdorff()).isEqualTo(Math.sqrt(1 * 1 + 4 * 4));
    }

    @Test
    void theInsideIsNoSurfaceAndTheRimOfThePictureIs() {
        // the truth's surface is its ring; the predicted centre is 1 from the ring's sides, which are 1, and corners
        // sqrt 2, from it
        SurfaceDistances distances = between(Masks.of("...", ".1.", "..."), Masks.of("111", "111", "111"))
                .orElseThrow();
        assertThat(distances.hausdorff()).isEqualTo(Math.sqrt(2));
        // nine distances: 1 five times, sqrt 2 four times; rank 0.95 * 8 = 7.6 lies among the latter
        assertThat(distances.hausdorff95()).isEqualTo(Math.sqrt(2));
    }

    @Test
    void thePercentileIsInterpolatedBetweenRanks() {
        // distances, sorted: 0 0 0 0 3 (columns 0 and 1 both, column 4 predicted only); rank 0.95 * 4 = 3.8 is 0.8 of
        // the way from 0 to 3
        SurfaceDistances distances =
                between(Masks.of("11..1"), Masks.of("11...")).orElseThrow();
        assertThat(distances.hausdorff()).isEqualTo(3);
        assertThat(distances.hausdorff95()).isCloseTo(2.4, within(1e-12));
    }

    @Test
    void thereIsNoDistanceToAnEmptyMask() {
        assertThat(between(Masks.of("1."), Masks.of(".."))).isEmpty();
        assertThat(between(Masks.of(".."), Masks.of("1."))).isEmpty();
        assertThat(between(Masks.of(".."), Masks.of(".."))).isEmpty();
    }

    @Test
    void otherLabelsAreBackground() {
        SurfaceDistances distances = between(Masks.of("2.1"), Masks.of("1.2")).orElseThrow();
        assertThat(distances.hausdorff()).isEqualTo(2);
    }

    @Property(tries = 300)
    void equalsTheSearchThroughAllPairs(
            @ForAll @IntRange(min = 1, max = 14) int height,
            @ForAll @IntRange(min = 1, max = 14) int width,
            @ForAll @IntRange(min = 1, max = 9) int tenths,
            @ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        LabelMask predicted = random(height, width, tenths / 10.0, random);
        LabelMask truth = random(height, width, tenths / 10.0, random);
        Optional<SurfaceDistances> fast = SurfaceDistances.between(predicted, truth, 1, Optional.of(SPACING));
        List<double[]> ours = surface(predicted);
        List<double[]> theirs = surface(truth);
        assertThat(fast.isPresent()).isEqualTo(!ours.isEmpty() && !theirs.isEmpty());
        fast.ifPresent(distances -> {
            List<Double> slow = new ArrayList<>();
            ours.forEach(point -> slow.add(nearest(point, theirs)));
            theirs.forEach(point -> slow.add(nearest(point, ours)));
            double[] sorted = slow.stream().mapToDouble(each -> each).sorted().toArray();
            assertThat(distances.hausdorff()).isCloseTo(sorted[sorted.length - 1], within(1e-9));
            assertThat(distances.hausdorff95()).isCloseTo(percentile95(sorted), within(1e-9));
        });
    }

    @Property(tries = 300)
    void theTransformEqualsTheSearchThroughAllSites(
            @ForAll @IntRange(min = 1, max = 20) int height,
            @ForAll @IntRange(min = 1, max = 20) int width,
            @ForAll @IntRange(min = 0, max = 30) int percent,
            @ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        boolean[] sites = new boolean[height * width];
        for (int pixel = 0; pixel < sites.length; pixel++) {
            sites[pixel] = random.nextInt(100) < percent;
        }
        double[] squared = new EuclideanDistances(height, width, 1, 0.75).squared(sites);
        for (int pixel = 0; pixel < sites.length; pixel++) {
            double least = Double.POSITIVE_INFINITY;
            for (int site = 0; site < sites.length; site++) {
                if (sites[site]) {
                    double down = pixel / width - site / width;
                    double along = 0.75 * (pixel % width - site % width);
                    least = Math.min(least, down * down + along * along);
                }
            }
            assertThat(squared[pixel]).isEqualTo(least); // sixteenths are exact
        }
    }

    private static Optional<SurfaceDistances> between(LabelMask predicted, LabelMask truth) {
        return SurfaceDistances.between(predicted, truth, 1, Optional.empty());
    }

    private static LabelMask random(int height, int width, double share, SplittableRandom random) {
        byte[] labels = new byte[height * width];
        for (int pixel = 0; pixel < labels.length; pixel++) {
            labels[pixel] = (byte) (random.nextDouble() < share ? 1 : random.nextInt(2) * 2);
        }
        return new LabelMask(height, width, labels);
    }

    /** Places in millimetres of the pixels that have an edge neighbour without the label. */
    private static List<double[]> surface(LabelMask mask) {
        List<double[]> points = new ArrayList<>();
        for (int row = 0; row < mask.height(); row++) {
            for (int column = 0; column < mask.width(); column++) {
                boolean inside = carries(mask, row - 1, column)
                        && carries(mask, row + 1, column)
                        && carries(mask, row, column - 1)
                        && carries(mask, row, column + 1);
                if (carries(mask, row, column) && !inside) {
                    points.add(new double[] {row * SPACING.rowMillimetres(), column * SPACING.columnMillimetres()});
                }
            }
        }
        return points;
    }

    private static boolean carries(LabelMask mask, int row, int column) {
        return row >= 0 && column >= 0 && row < mask.height() && column < mask.width() && mask.label(row, column) == 1;
    }

    private static double nearest(double[] point, List<double[]> others) {
        return others.stream()
                .mapToDouble(other -> Math.hypot(point[0] - other[0], point[1] - other[1]))
                .min()
                .orElseThrow();
    }

    private static double percentile95(double[] sorted) {
        double rank = 0.95 * (sorted.length - 1);
        int below = (int) rank;
        return below + 1 < sorted.length
                ? sorted[below] * (below + 1 - rank) + sorted[below + 1] * (rank - below)
                : sorted[below];
    }
}
