package org.lesionstream.worker.inference;

import java.util.List;

/**
 * How this worker runs networks.
 *
 * @param device asked for; a worker never falls back from a GPU to the CPU
 * @param precision of the file that is run
 * @param threads of one run on the CPU; 0 takes all cores
 * @param batchSizes ascending; batches are padded to the next of these, since the engine specialises its code for each new
 *     shape
 * @param maxLoaded networks held in memory at once, at least 1; one more while a new version is warmed up
 */
public record InferenceSettings(
        DeviceKind device, PrecisionChoice precision, int threads, List<Integer> batchSizes, int maxLoaded) {

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
        if (maxLoaded < 1) {
            throw new IllegalArgumentException("maxLoaded must be positive, was " + maxLoaded);
        }
    }

    /** The largest batch. */
    public int maxBatch() {
        return batchSizes.get(batchSizes.size() - 1);
    }
}
