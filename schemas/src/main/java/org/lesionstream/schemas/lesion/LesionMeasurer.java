package org.lesionstream.schemas.lesion;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lesionstream.schemas.image.LabelMask;
import org.lesionstream.schemas.image.PixelGrid;
import org.lesionstream.schemas.image.PixelSpacing;

/**
 * Measures regions. Every value of a lesion depends on its own pixels only; sums are whole numbers, so nothing is lost before the one division.
 *
 * <p>What the values mean is said by {@link LesionStatistics}, {@link LesionShape}, {@link ShapeMeasures} and {@link IntensityStatistics}.
 */
public final class LesionMeasurer {

    private final LabelMask mask;
    private final byte[] confidence;
    private final Optional<PixelSpacing> spacing;
    private final Optional<PixelGrid> grey;

    private LesionMeasurer(
            LabelMask mask, byte[] confidence, Optional<PixelSpacing> spacing, Optional<PixelGrid> grey) {
        this.mask = mask;
        this.confidence = confidence;
        this.spacing = spacing;
        this.grey = grey;
    }

    /**
     * One line of statistics per region, numbered from 1 in the order given.
     *
     * @param mask the mask in which the regions were found
     * @param confidence one byte per pixel of the mask, 255 = certain; empty where the network gave none
     * @param spacing absent where unknown: then there are no millimetres
     * @param source the picture itself, of the size of the mask; absent where it is not at hand: then there are no intensities, as for
     *     pictures of other than one or three channels
     */
    public static List<LesionStatistics> measure(
            List<Region> regions,
            LabelMask mask,
            byte[] confidence,
            Optional<PixelSpacing> spacing,
            Optional<PixelGrid> source) {
        if (confidence.length != 0 && confidence.length != mask.labels().length) {
            throw new IllegalArgumentException(
                    "confidence must hold " + mask.labels().length + " bytes or none, held " + confidence.length);
        }
        if (source.isPresent()
                && (source.get().height() != mask.height() || source.get().width() != mask.width())) {
            throw new IllegalArgumentException("source must have the size of " + mask + ", was " + source.get());
        }
        Optional<PixelGrid> grey = regions.isEmpty()
                ? Optional.empty()
                : source.filter(picture -> picture.channels() == 1 || picture.channels() == 3)
                        .map(picture -> picture.withChannels(1));
        LesionMeasurer measurer = new LesionMeasurer(mask, confidence, spacing, grey);
        List<LesionStatistics> lesions = new ArrayList<>(regions.size());
        for (Region region : regions) {
            lesions.add(measurer.measure(lesions.size() + 1, region));
        }
        return List.copyOf(lesions);
    }

    private LesionStatistics measure(int index, Region region) {
        RegionMoments moments = RegionMoments.of(region);
        Optional<RegionConfidence> certainty = confidence.length == 0
                ? Optional.empty()
                : Optional.of(RegionConfidence.of(region, mask.width(), confidence));
        return new LesionStatistics(
                index,
                region.label(),
                moments.area(),
                spacing.map(known -> moments.area() * known.pixelSquareMillimetres()),
                moments.centroidRow(),
                moments.centroidColumn(),
                moments.minRow(),
                moments.minColumn(),
                moments.maxRow(),
                moments.maxColumn(),
                certainty.map(known -> known.sum() / (255.0 * moments.area())),
                certainty.map(known -> known.lowest() / 255.0),
                Optional.of(shape(region, moments)),
                grey.map(picture -> RegionIntensity.of(region, picture)));
    }

    private LesionShape shape(Region region, RegionMoments moments) {
        RegionOutline outline = RegionOutline.of(region);
        long holeArea =
                outline.holes() == 0 ? 0 : RegionHoles.of(region, moments).area();
        ConvexHull hull = ConvexHull.corners(region);
        double convexArea = hull.area();
        FeretDiameter pixels = FeretDiameter.of(hull, 1, 1);
        Optional<FeretDiameter> millimetres =
                spacing.map(known -> FeretDiameter.of(hull, known.rowMillimetres(), known.columnMillimetres()));
        FeretDiameter shown = millimetres.orElse(pixels);
        return new LesionShape(
                moments.minRow() == 0
                        || moments.minColumn() == 0
                        || moments.maxRow() == mask.height()
                        || moments.maxColumn() == mask.width(),
                outline.holes(),
                convexArea,
                moments.area() / convexArea,
                new LesionShape.DiameterEnds(
                        hull.rows()[shown.first()] - 0.5,
                        hull.columns()[shown.first()] - 0.5,
                        hull.rows()[shown.second()] - 0.5,
                        hull.columns()[shown.second()] - 0.5),
                measures(moments, outline, holeArea, pixels, 1, 1),
                millimetres.map(feret -> measures(
                        moments,
                        outline,
                        holeArea,
                        feret,
                        spacing.orElseThrow().rowMillimetres(),
                        spacing.orElseThrow().columnMillimetres())));
    }

    private static ShapeMeasures measures(
            RegionMoments moments,
            RegionOutline outline,
            long holeArea,
            FeretDiameter feret,
            double row,
            double column) {
        double area = moments.area() * (row * column);
        double perimeter = outline.perimeter(row, column);
        InertiaEllipse ellipse = InertiaEllipse.of(moments, row, column);
        return new ShapeMeasures(
                Math.sqrt(4 * area / Math.PI),
                ellipse.major(),
                ellipse.minor(),
                ellipse.eccentricity(),
                ellipse.orientation(),
                perimeter,
                4 * Math.PI * area / (perimeter * perimeter),
                feret.longest(),
                feret.perpendicular(),
                feret.shortest(),
                holeArea * (row * column));
    }

    /** Confidence bytes over one region: their sum and the lowest. */
    private record RegionConfidence(long sum, int lowest) {

        static RegionConfidence of(Region region, int width, byte[] confidence) {
            long sum = 0;
            int lowest = 255;
            for (int run = 0; run < region.runs(); run++) {
                int row = region.row(run) * width;
                for (int i = row + region.start(run); i < row + region.end(run); i++) {
                    int value = confidence[i] & 0xff;
                    sum += value;
                    lowest = Math.min(lowest, value);
                }
            }
            return new RegionConfidence(sum, lowest);
        }
    }
}
