package org.lesionstream.schemas.lesion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.lesionstream.schemas.lesion.SlowMeasures.squared;

import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.lesionstream.schemas.image.LabelMask;
import org.lesionstream.schemas.image.PixelSpacing;
import org.lesionstream.schemas.image.VoxelSpacing;
import org.lesionstream.schemas.lesion.SlowMeasures.Point;

/** Every measure of random masks against {@link SlowMeasures}. */
class LesionMeasurerPropertyTest {

    private static final List<Double> MILLIMETRES = List.of(0.25, 0.4, 0.5, 0.7, 1.0, 1.3, 3.0);

    @Property(tries = 400)
    void measuresEveryRegionAsTheSlowWayDoes(
            @ForAll @IntRange(min = 1, max = 20) int height,
            @ForAll @IntRange(min = 1, max = 20) int width,
            @ForAll @IntRange(min = 1, max = 3) int classes,
            @ForAll @IntRange(min = 1, max = 9) int density,
            @ForAll long seed) {
        Random random = new Random(seed);
        LabelMask mask = mask(height, width, classes, density, random);
        byte[] confidence = new byte[height * width];
        random.nextBytes(confidence);
        Optional<PixelSpacing> spacing = random.nextBoolean()
                ? Optional.of(new PixelSpacing(millimetres(random), millimetres(random)))
                : Optional.empty();
        double merge = random.nextInt(3) == 0 ? 0.5 + random.nextInt(8) * 0.5 : 0;
        LesionRules rules = merge == 0 ? LesionRules.ALL : merging(merge, spacing.isPresent());
        double row = spacing.map(PixelSpacing::rowMillimetres).orElse(1.0);
        double column = spacing.map(PixelSpacing::columnMillimetres).orElse(1.0);
        List<NavigableSet<Point>> expected =
                SlowMeasures.regions(List.of(mask), SlowMeasures.within(merge, 1, row, column));

        List<LesionStatistics> lesions =
                LesionMeasurer.measure(rules.apply(mask, spacing), mask, confidence, spacing, Optional.empty());

        assertThat(lesions).hasSameSizeAs(expected);
        for (int i = 0; i < lesions.size(); i++) {
            assertThat(lesions.get(i).index()).isEqualTo(i + 1);
            check(lesions.get(i), expected.get(i), mask, confidence, spacing);
        }
    }

    @Property(tries = 300)
    void fillsWhatNoPathLeadsOutOf(
            @ForAll @IntRange(min = 1, max = 16) int height,
            @ForAll @IntRange(min = 1, max = 16) int width,
            @ForAll @IntRange(min = 1, max = 3) int classes,
            @ForAll @IntRange(min = 5, max = 9) int density,
            @ForAll long seed) {
        LabelMask mask = mask(height, width, classes, density, new Random(seed));
        List<NavigableSet<Point>> regions = SlowMeasures.regions(List.of(mask), SlowMeasures.within(0, 1, 1, 1));
        byte[] filled = mask.labels().clone();
        for (int i = 0; i < filled.length; i++) {
            Point at = new Point(0, i / width, i % width);
            if (filled[i] == 0) {
                NavigableSet<Point> innermost = null;
                for (NavigableSet<Point> region : regions) {
                    boolean encloses =
                            SlowMeasures.holes(region, height, width).stream().anyMatch(hole -> hole.contains(at));
                    if (encloses && (innermost == null || box(region) <= box(innermost))) {
                        innermost = region;
                    }
                }
                filled[i] = innermost == null
                        ? 0
                        : (byte) mask.label(
                                innermost.first().r(), innermost.first().c());
            }
        }
        assertThat(HoleFilling.fill(mask)).isEqualTo(new LabelMask(height, width, filled));
    }

    @Property(tries = 250)
    void joinsAndMeasuresVolumesAsTheSlowWayDoes(
            @ForAll @IntRange(min = 1, max = 5) int depth,
            @ForAll @IntRange(min = 1, max = 6) int height,
            @ForAll @IntRange(min = 1, max = 6) int width,
            @ForAll @IntRange(min = 1, max = 5) int density,
            @ForAll long seed) {
        Random random = new Random(seed);
        List<LabelMask> slices = IntStream.range(0, depth)
                .mapToObj(z -> mask(height, width, random.nextInt(4) == 0 ? 0 : 2, density, random))
                .toList();
        double s = millimetres(random);
        double a = millimetres(random);
        double b = millimetres(random);
        double merge = random.nextBoolean() ? 0 : 0.25 * (1 + random.nextInt(12));
        double smallest = random.nextBoolean() ? 0 : s * a * b * (1 + random.nextInt(3));
        LesionRules rules = new LesionRules(
                1,
                Optional.empty(),
                Optional.of(smallest).filter(given -> given > 0),
                false,
                Optional.empty(),
                Optional.of(merge).filter(given -> given > 0));
        VolumeMeasurer measurer = new VolumeMeasurer(
                depth, height, width, rules, Optional.of(new VoxelSpacing(s, new PixelSpacing(a, b))));
        for (int z = 0; z < depth; z++) {
            if (!empty(slices.get(z)) || random.nextBoolean()) { // a missing slice is as an empty one
                measurer.add(z, slices.get(z));
            }
        }
        List<NavigableSet<Point>> expected = SlowMeasures.regions(slices, SlowMeasures.within(merge, s, a, b)).stream()
                .filter(region -> region.size() * (s * a * b) >= smallest * (1 - 1e-9))
                .toList();

        List<VolumeLesion> lesions = measurer.lesions();

        assertThat(lesions).hasSameSizeAs(expected);
        for (int i = 0; i < lesions.size(); i++) {
            NavigableSet<Point> region = expected.get(i);
            assertThat(lesions.get(i).index()).isEqualTo(i + 1);
            assertThat(lesions.get(i).label())
                    .isEqualTo(slices.get(region.first().z())
                            .label(region.first().r(), region.first().c()));
            check(lesions.get(i), region, List.of(depth, height, width), List.of(s, a, b));
        }
    }

    private static void check(
            LesionStatistics lesion,
            NavigableSet<Point> region,
            LabelMask mask,
            byte[] confidence,
            Optional<PixelSpacing> spacing) {
        assertThat(lesion.label())
                .isEqualTo(mask.label(region.first().r(), region.first().c()));
        assertThat(lesion.areaPixels()).isEqualTo(region.size());
        assertThat(lesion.areaSquareMillimetres().isPresent()).isEqualTo(spacing.isPresent());
        spacing.ifPresent(known -> close(
                lesion.areaSquareMillimetres().orElseThrow(),
                region.size() * known.rowMillimetres() * known.columnMillimetres()));
        close(lesion.centroidRow(), mean(region, Point::r));
        close(lesion.centroidColumn(), mean(region, Point::c));
        var rows = region.stream().mapToInt(Point::r).summaryStatistics();
        var columns = region.stream().mapToInt(Point::c).summaryStatistics();
        assertThat(List.of(lesion.minRow(), lesion.minColumn(), lesion.maxRow(), lesion.maxColumn()))
                .containsExactly(rows.getMin(), columns.getMin(), rows.getMax() + 1, columns.getMax() + 1);
        ToDoubleFunction<Point> certain = at -> (confidence[at.r() * mask.width() + at.c()] & 0xff) / 255.0;
        close(lesion.meanConfidence().orElseThrow(), mean(region, certain));
        close(
                lesion.minConfidence().orElseThrow(),
                region.stream().mapToDouble(certain).min().orElseThrow());

        LesionShape shape = lesion.shape().orElseThrow();
        assertThat(shape.touchesBorder())
                .isEqualTo(region.stream()
                        .anyMatch(at -> at.r() == 0
                                || at.c() == 0
                                || at.r() == mask.height() - 1
                                || at.c() == mask.width() - 1));
        List<NavigableSet<Point>> holes = SlowMeasures.holes(region, mask.height(), mask.width());
        assertThat(shape.holes()).isEqualTo(holes.size());
        List<Point> corners = SlowMeasures.corners(region, 0);
        List<Point> hull = SlowMeasures.hull(corners);
        close(shape.convexAreaPixels(), polygon(hull));
        close(shape.solidity(), region.size() / polygon(hull));
        double row = spacing.map(PixelSpacing::rowMillimetres).orElse(1.0);
        double column = spacing.map(PixelSpacing::columnMillimetres).orElse(1.0);
        List<Point> ends = SlowMeasures.farthest(corners, 1, row, column).get(0);
        assertThat(shape.longest())
                .isEqualTo(new LesionShape.DiameterEnds(
                        ends.get(0).r() - 0.5,
                        ends.get(0).c() - 0.5,
                        ends.get(1).r() - 0.5,
                        ends.get(1).c() - 0.5));
        int holeArea = holes.stream().mapToInt(NavigableSet::size).sum();
        check(shape.pixels(), region, corners, hull, holeArea, 1, 1);
        assertThat(shape.millimetres().isPresent()).isEqualTo(spacing.isPresent());
        shape.millimetres().ifPresent(measures -> check(measures, region, corners, hull, holeArea, row, column));
    }

    private static void check(
            ShapeMeasures measures,
            NavigableSet<Point> region,
            List<Point> corners,
            List<Point> hull,
            int holeArea,
            double row,
            double column) {
        double area = region.size() * row * column;
        close(measures.equivalentDiameter(), 2 * Math.sqrt(area / Math.PI));
        double y = mean(region, Point::r);
        double x = mean(region, Point::c);
        double rr = row * row * mean(region, at -> Math.pow(at.r() - y, 2));
        double cc = column * column * mean(region, at -> Math.pow(at.c() - x, 2));
        double rc = row * column * mean(region, at -> (at.r() - y) * (at.c() - x));
        double spread = Math.hypot(rr - cc, 2 * rc);
        double major = (rr + cc + spread) / 2;
        double minor = Math.max(0, (rr + cc - spread) / 2);
        double limit = 1e-9 * Math.max(1, major);
        close(measures.majorAxis(), 4 * Math.sqrt(major));
        assertThat(Math.pow(measures.minorAxis(), 2)).isCloseTo(16 * minor, within(16 * limit));
        assertThat(Math.pow(measures.eccentricity(), 2)).isCloseTo(major < 1e-12 ? 0 : spread / major, within(1e-9));
        if (spread > 1e-9) {
            double turned = measures.orientation().orElseThrow() - 0.5 * Math.atan2(2 * rc, rr - cc);
            assertThat(Math.sin(turned)).isCloseTo(0, within(1e-9 * Math.max(1, major / spread)));
        }
        double sector = Math.atan(row / column);
        double perimeter = SlowMeasures.runs(region, 0, -1) * row * sector
                + SlowMeasures.runs(region, -1, 0) * column * (Math.PI / 2 - sector)
                + (SlowMeasures.runs(region, -1, -1) + SlowMeasures.runs(region, -1, 1))
                        * (Math.PI / 4 * row * column / Math.hypot(row, column));
        close(measures.perimeter(), perimeter);
        close(measures.circularity(), 4 * Math.PI * area / perimeter / perimeter);
        List<List<Point>> farthest = SlowMeasures.farthest(corners, 1, row, column);
        close(
                measures.longestDiameter(),
                Math.sqrt(squared(farthest.get(0).get(0), farthest.get(0).get(1), 1, row, column)));
        close(
                measures.perpendicularDiameter(),
                farthest.stream()
                        .mapToDouble(pair -> SlowMeasures.extent(corners, pair.get(0), pair.get(1), row, column))
                        .max()
                        .orElseThrow());
        close(
                measures.shortestDiameter(),
                IntStream.range(0, hull.size())
                        .mapToDouble(i ->
                                SlowMeasures.extent(corners, hull.get(i), hull.get((i + 1) % hull.size()), row, column))
                        .min()
                        .orElseThrow());
        close(measures.holeArea(), holeArea * row * column);
    }

    private static void check(
            VolumeLesion lesion, NavigableSet<Point> region, List<Integer> size, List<Double> spacing) {
        double s = spacing.get(0);
        double a = spacing.get(1);
        double b = spacing.get(2);
        assertThat(lesion.voxels()).isEqualTo(region.size());
        double volume = region.size() * s * a * b;
        close(lesion.volumeCubicMillimetres().orElseThrow(), volume);
        close(lesion.equivalentDiameterMillimetres().orElseThrow(), Math.pow(6 * volume / Math.PI, 1.0 / 3));
        close(lesion.centroidSlice(), mean(region, Point::z));
        close(lesion.centroidRow(), mean(region, Point::r));
        close(lesion.centroidColumn(), mean(region, Point::c));
        var z = region.stream().mapToInt(Point::z).summaryStatistics();
        var r = region.stream().mapToInt(Point::r).summaryStatistics();
        var c = region.stream().mapToInt(Point::c).summaryStatistics();
        assertThat(List.of(
                        lesion.minSlice(),
                        lesion.minRow(),
                        lesion.minColumn(),
                        lesion.maxSlice(),
                        lesion.maxRow(),
                        lesion.maxColumn()))
                .containsExactly(z.getMin(), r.getMin(), c.getMin(), z.getMax() + 1, r.getMax() + 1, c.getMax() + 1);
        assertThat(lesion.touchesBorder())
                .isEqualTo(z.getMin() == 0
                        || r.getMin() == 0
                        || c.getMin() == 0
                        || z.getMax() + 1 == size.get(0)
                        || r.getMax() + 1 == size.get(1)
                        || c.getMax() + 1 == size.get(2));
        int[] areas = new int[size.get(0)];
        region.forEach(at -> areas[at.z()]++);
        int most = IntStream.of(areas).max().orElseThrow();
        assertThat(lesion.slices())
                .isEqualTo((int) IntStream.of(areas).filter(area -> area > 0).count());
        assertThat(lesion.largestSliceAreaPixels()).isEqualTo(most);
        assertThat(areas[lesion.largestSlice()]).isEqualTo(most);
        assertThat(IntStream.range(0, lesion.largestSlice()).map(slice -> areas[slice]))
                .allMatch(area -> area < most);
        close(lesion.largestSliceAreaSquareMillimetres().orElseThrow(), most * a * b);
        List<Point> corners = SlowMeasures.corners(region, 1);
        close(lesion.longestDiameterVoxels(), longest(corners, 1, 1, 1));
        close(lesion.longestDiameterMillimetres().orElseThrow(), longest(corners, s, a, b));
    }

    private static double longest(List<Point> corners, double s, double a, double b) {
        List<Point> ends = SlowMeasures.farthest(corners, s, a, b).get(0);
        return Math.sqrt(squared(ends.get(0), ends.get(1), s, a, b));
    }

    private static LesionRules merging(double distance, boolean millimetres) {
        return new LesionRules(
                1,
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.of(distance).filter(given -> !millimetres),
                Optional.of(distance).filter(given -> millimetres));
    }

    private static LabelMask mask(int height, int width, int classes, int density, Random random) {
        byte[] labels = new byte[height * width];
        for (int i = 0; i < labels.length && classes > 0; i++) {
            labels[i] = (byte) (random.nextInt(10) < density ? 1 + random.nextInt(classes) : 0);
        }
        return new LabelMask(height, width, labels);
    }

    private static boolean empty(LabelMask mask) {
        return IntStream.range(0, mask.labels().length).allMatch(i -> mask.labels()[i] == 0);
    }

    private static long box(NavigableSet<Point> region) {
        var rows = region.stream().mapToInt(Point::r).summaryStatistics();
        var columns = region.stream().mapToInt(Point::c).summaryStatistics();
        return (rows.getMax() - rows.getMin() + 1L) * (columns.getMax() - columns.getMin() + 1L);
    }

    private static double polygon(List<Point> hull) {
        double twice = 0;
        for (int i = 0; i < hull.size(); i++) {
            Point from = hull.get(i);
            Point to = hull.get((i + 1) % hull.size());
            twice += from.r() * to.c() - to.r() * from.c();
        }
        return Math.abs(twice) / 2;
    }

    private static double mean(NavigableSet<Point> region, ToDoubleFunction<Point> value) {
        return region.stream().mapToDouble(value).average().orElseThrow();
    }

    private static double millimetres(Random random) {
        return MILLIMETRES.get(random.nextInt(MILLIMETRES.size()));
    }

    private static void close(double actual, double expected) {
        assertThat(actual).isCloseTo(expected, within(1e-9 * Math.max(1, Math.abs(expected))));
    }
}
