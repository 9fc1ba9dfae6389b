package org.lesionstream.worker.inference;

import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.lesionstream.schemas.checkpoint.NetworkDescription;

/**
 * Which batch sizes a network may use if a mask must not depend on its batch mates to the last byte.
 *
 * <p>The convolutions of the engine compute every tile of a batch alike, whatever the batch size. Matrix products of attention
 * choose their kernels by the whole shape, batch included, and so round differently. Such networks, and those that nobody
 * here knows, run at one size that every batch is padded to.
 */
final class BatchInvariance {

    private static final Pattern CONVOLUTIONS_ONLY = Pattern.compile("unet-(valid|same|vgg|uctrans)|unetpp-.*|u2net.*");

    private BatchInvariance() {}

    /** The sizes that may be used, out of those that were warmed up; the fastest of them is the last. */
    static SortedMap<Integer, Duration> sizes(NetworkDescription network, SortedMap<Integer, Duration> warm) {
        if (CONVOLUTIONS_ONLY.matcher(network.name()).matches()) {
            return warm;
        }
        int fastest = warm.lastKey();
        return new TreeMap<>(Map.of(fastest, warm.get(fastest)));
    }
}
