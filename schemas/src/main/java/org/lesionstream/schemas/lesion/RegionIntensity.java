package org.lesionstream.schemas.lesion;

import org.lesionstream.schemas.image.PixelGrid;
import org.lesionstream.schemas.image.SampleType;

/** Sums the stored samples of one region in whole numbers, then gives them their meaning. */
final class RegionIntensity {
    private RegionIntensity() {}

    /** @param grey of one channel */
    static IntensityStatistics of(Region region, PixelGrid grey) {
        byte[] samples = grey.samples();
        boolean wide = grey.type() == SampleType.INT16;
        long area = 0;
        long sum = 0;
        long squares = 0;
        int lowest = Integer.MAX_VALUE;
        int highest = Integer.MIN_VALUE;
        for (int run = 0; run < region.runs(); run++) {
            int row = region.row(run) * grey.width();
            area += region.end(run) - region.start(run);
            for (int i = row + region.start(run); i < row + region.end(run); i++) {
                int value = wide ? (samples[2 * i] & 0xff) | samples[2 * i + 1] << 8 : samples[i] & 0xff;
                sum += value;
                squares += (long) value * value;
                lowest = Math.min(lowest, value);
                highest = Math.max(highest, value);
            }
        }
        double slope = grey.rescale().slope();
        double intercept = grey.rescale().intercept();
        double first = slope * lowest + intercept;
        double second = slope * highest + intercept;
        double deviation = Math.sqrt(Math.max(0, RegionMoments.central(area, squares, sum, sum))) / area;
        return new IntensityStatistics(
                slope * sum / area + intercept,
                Math.min(first, second),
                Math.max(first, second),
                Math.abs(slope) * deviation);
    }
}
