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
            add(frame.value(i));
        }
    }

    /**
     * Adds values that mean something else than they are stored as; what is no finite number does not count.
     *
     * @param stored bytes for the digest
     */
    void add(byte[] stored, double[] meant) {
        sha256.update(stored);
        for (double value : meant) {
            if (Double.isFinite(value)) {
                add(value);
            }
        }
    }

    private void add(double value) {
        minimum = Math.min(minimum, value);
        maximum = Math.max(maximum, value);
        sum += value;
        count++;
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
