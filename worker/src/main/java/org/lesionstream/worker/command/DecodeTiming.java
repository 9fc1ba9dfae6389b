package org.lesionstream.worker.command;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.LongSupplier;
import org.lesionstream.schemas.image.DecodeLimits;
import org.lesionstream.worker.decode.DecoderCatalog;

/**
 * How long a file takes from its bytes to the picture that a network is given, its first one, on one thread.
 *
 * @param leastMillis of all times
 * @param medianMillis the time that half of them were below
 */
record DecodeTiming(double leastMillis, double medianMillis) {

    /**
     * Decodes the file again and again.
     *
     * @param times how often, at least once
     * @param nanos tells the time
     * @throws org.lesionstream.worker.failure.SegmentationException if it holds values and no picture
     */
    static DecodeTiming of(byte[] file, DecodeLimits limits, int times, LongSupplier nanos) {
        double[] millis = new double[times];
        for (int i = 0; i < times; i++) {
            DecoderCatalog decoders = DecoderCatalog.standard(limits); // a new one, which remembers nothing
            long begin = nanos.getAsLong();
            decoders.decode(file, OptionalInt.of(1), "");
            millis[i] = (nanos.getAsLong() - begin) / 1e6;
        }
        Arrays.sort(millis);
        return new DecodeTiming(millis[0], millis[times / 2]);
    }

    /** For a line. */
    String text() {
        return String.format(Locale.ROOT, " least=%.1f ms median=%.1f ms", leastMillis, medianMillis);
    }

    /** For JSON. */
    Map<String, Object> fields() {
        return Map.of("leastMillis", leastMillis, "medianMillis", medianMillis);
    }
}
