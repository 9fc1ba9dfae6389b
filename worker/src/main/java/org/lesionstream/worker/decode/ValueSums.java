package org.lesionstream.worker.decode;

import java.security.MessageDigest;
import org.lesionstream.schemas.checkpoint.Digest;
import org.lesionstream.worker.decode.dicom.StoredFrame;

/** Smallest, largest, mean and digest of stored values, frame by frame. Confined to one thread. */
final class ValueSums {

    private final MessageDigest sha256 = Digest.begun();
    private double minimum = Double.POSITIVE_INFINITY;
    private double maximum = Double.NEGATIVE_INFINITY;
    private double sum;
    private long count;

    void add(StoredFrame frame) {
        sha256.update(frame.values());
        for (int i = 0; i < frame.count(); i++) {
            double value = frame.value(i);
            minimum = Math.min(minimum, value);
            maximum = Math.max(maximum, value);
            sum += value;
        }
        count += frame.count();
    }

    double minimum() {
        return minimum;
    }

    double maximum() {
        return maximum;
    }

    double mean() {
        return sum / count;
    }

    Digest digest() {
        return Digest.ended(sha256);
    }
}
