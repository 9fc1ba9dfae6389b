package org.lesionstream.worker.inference;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/**
 * How this worker runs networks.
 *
 * @param device asked for; a worker never falls back from a GPU to the CPU
 * @param precision of the file that is run
 * @param threads of one run on the CPU; 0 takes all cores
 * @param batchSizes ascending; batches are padded to the next of these, since the engine specialises its code for each new
 *     shape
 * @param largestBatch of these sizes, set by hand; empty to take the fastest one that the warm-up finds
 * @param longestBatch time that one batch may take, as far as the smallest size allows
 * @param deterministic whether a mask must be the same to the last byte whatever its batch mates
 * @param memory what may be loaded at once
 */
public record InferenceSettings(
        DeviceKind device,
        PrecisionChoice precision,
        int threads,
        List<Integer> batchSizes,
        OptionalInt largestBatch,
        Duration longestBatch,
        boolean deterministic,
        Memory memory) {

    /**
     * Room for networks.
     *
     * @param networks at most so many at once, at least 1; one more while a new version is warmed up
     * @param bytes of their model files together
     */
    public record Memory(int networks, long bytes) {
        public Memory {
            if (networks < 1) {
                throw new IllegalArgumentException("networks must be positive, was " + networks);
            }
            if (bytes < 1) {
                throw new IllegalArgumentException("bytes must be positive, was " + bytes);
            }
        }
    }

    public InferenceSettings {
        if (device == DeviceKind.CPU && precision == PrecisionChoice.FP16) {
            throw new IllegalArgumentException("precision fp16 needs device cuda, was cpu");
        }
        if (threads < 0) {
            throw new IllegalArgumentException("threads must not be negative, was " + threads);
        }
        batchSizes = List.copyOf(batchSizes);
        if (batchSizes.isEmpty()
                || batchSizes.get(0) < 1
                || !batchSizes.equals(batchSizes.stream().sorted().distinct().toList())) {
            throw new IllegalArgumentException("batchSizes must be positive and ascending, were " + batchSizes);
        }
        if (largestBatch.isPresent() && !batchSizes.contains(largestBatch.getAsInt())) {
            throw new IllegalArgumentException(
                    "largestBatch must be one of " + batchSizes + ", was " + largestBatch.getAsInt());
        }
        if (longestBatch.isNegative() || longestBatch.isZero()) {
            throw new IllegalArgumentException("longestBatch must be positive, was " + longestBatch);
        }
    }

    /** The largest batch that there can be. */
    public int maxBatch() {
        return largestBatch.orElse(batchSizes.get(batchSizes.size() - 1));
    }
}
