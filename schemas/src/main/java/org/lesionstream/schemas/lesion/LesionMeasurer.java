package org.lesionstream.schemas.lesion;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lesionstream.schemas.image.LabelMask;
import org.lesionstream.schemas.image.PixelGrid;
import org.lesionstream.schemas.image.PixelSpacing;

/**
 * Measures regions. Every value of a lesion depends on its own pixels only; sums are whole numbers, so nothing is lost before the one division.
 */
public final class LesionMeasurer {

    private LesionMeasurer() {}

    /**
     * One line of statistics per region, numbered from 1 in the order given.
     *
     * @param mask the mask in which the regions were found
     * @param confidence one byte per pixel of the mask, 255 = certain; empty where the network gave none
     * @param spacing absent where unknown: then there are no millimetres
     * @param source the picture itself, of the size of the mask; absent where it is not at hand: then there are no intensities
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
        List<LesionStatistics> lesions = new ArrayList<>(regions.size());
        for (Region region : regions) {
            lesions.add(measure(lesions.size() + 1, region, mask.width(), confidence, spacing));
        }
        return List.copyOf(lesions);
    }

    private static LesionStatistics measure(
            int index, Region region, int width, byte[] confidence, Optional<PixelSpacing> spacing) {
        RegionMoments moments = RegionMoments.of(region);
        Optional<RegionConfidence> certainty =
                confidence.length == 0 ? Optional.empty() : Optional.of(RegionConfidence.of(region, width, confidence));
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
                Optional.empty(),
                Optional.empty());
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
