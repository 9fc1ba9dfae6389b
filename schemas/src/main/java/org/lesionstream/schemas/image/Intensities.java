package org.lesionstream.schemas.image;

/** Applies intensity rules through a table of one entry per possible stored value. */
final class Intensities {

    private Intensities() {}

    static PixelGrid apply(IntensityRule rule, PixelGrid source, SampleType target) {
        if (rule instanceof IntensityRule.Identity) {
            if (source.type() == target) {
                return source;
            }
            return source.window().isPresent()
                    ? windowed(source, target, source.window().get())
                    : fullRange(source, target);
        }
        if (rule instanceof IntensityRule.Window window) {
            return windowed(source, target, window);
        }
        IntensityRule.Percentiles percentiles = (IntensityRule.Percentiles) rule;
        int[] histogram = histogram(source);
        int lowest = source.type().lowest();
        boolean falling = source.rescale().slope() < 0; // the lowest meaning is then the highest stored value
        double low = falling ? 100 - percentiles.low() : percentiles.low();
        double high = falling ? 100 - percentiles.high() : percentiles.high();
        return linear(source, target, lowest + rank(histogram, low), lowest + rank(histogram, high));
    }

    private static PixelGrid windowed(PixelGrid source, SampleType target, IntensityRule.Window window) {
        Rescale rescale = source.rescale();
        return linear(
                source,
                target,
                (window.low() - rescale.intercept()) / rescale.slope(),
                (window.high() - rescale.intercept()) / rescale.slope());
    }

    private static PixelGrid fullRange(PixelGrid source, SampleType target) {
        SampleType type = source.type();
        return linear(source, target, type.lowest(), type.highest());
    }

    /** Stored value {@code from} becomes the lowest, {@code to} the highest of the target; {@code from} may be the larger one. */
    private static PixelGrid linear(PixelGrid source, SampleType target, double from, double to) {
        int lowest = source.type().lowest();
        int[] table = new int[source.type().highest() - lowest + 1];
        double range = target.highest() - target.lowest();
        for (int i = 0; i < table.length; i++) {
            double share = from == to ? 0 : Math.min(1, Math.max(0, (lowest + i - from) / (to - from)));
            table[i] = target.lowest() + (int) Math.floor(share * range + 0.5);
        }
        return new PixelGrid(
                source.height(),
                source.width(),
                source.channels(),
                target,
                Rescale.NONE,
                mapped(source, target, table),
                source.spacing());
    }

    private static byte[] mapped(PixelGrid source, SampleType target, int[] table) {
        byte[] from = source.samples();
        boolean wide = source.type() == SampleType.INT16;
        int count = from.length / source.type().bytesPerSample();
        byte[] to = new byte[count * target.bytesPerSample()];
        if (target == SampleType.INT16) {
            for (int i = 0; i < count; i++) {
                Samples.int16(to, i, table[wide ? Samples.int16(from, i) - Short.MIN_VALUE : from[i] & 0xff]);
            }
            return to;
        }
        byte[] narrow = new byte[table.length]; // a quarter of the table stays in the nearest cache
        for (int i = 0; i < table.length; i++) {
            narrow[i] = (byte) table[i];
        }
        for (int i = 0; i < count; i++) {
            to[i] = narrow[wide ? Samples.int16(from, i) - Short.MIN_VALUE : from[i] & 0xff];
        }
        return to;
    }

    private static int[] histogram(PixelGrid source) {
        byte[] samples = source.samples();
        int[] histogram = new int[source.type().highest() - source.type().lowest() + 1];
        if (source.type() == SampleType.UINT8) {
            for (byte sample : samples) {
                histogram[sample & 0xff]++;
            }
        } else {
            for (int i = 0; i < samples.length / 2; i++) {
                histogram[Samples.int16(samples, i) - Short.MIN_VALUE]++;
            }
        }
        return histogram;
    }

    /** The smallest bin that {@code percent} of all counts do not exceed. */
    private static int rank(int[] histogram, double percent) {
        long total = 0;
        for (int count : histogram) {
            total += count;
        }
        long wanted = Math.max(1, (long) Math.ceil(total * percent / 100));
        long seen = 0;
        int bin = -1;
        while (seen < wanted) {
            seen += histogram[++bin];
        }
        return bin;
    }
}
