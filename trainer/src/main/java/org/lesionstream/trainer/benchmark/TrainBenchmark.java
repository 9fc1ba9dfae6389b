package org.lesionstream.trainer.benchmark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Times steps of training of a network, in each variant.
 *
 * <ul>
 *   <li>A step is forward with batch statistics, cross entropy, backward and Adam; data loading and augmentation are no part of it.
 *   <li>The variants take turns in every round, so that a busy machine slows all alike; the first two rounds warm up and are not counted.
 * </ul>
 */
public final class TrainBenchmark {
    private static final int WARM_UP_ROUNDS = 2;

    private final BenchmarkCase setting;
    private final Set<StepVariant> variants;

    /** Prepares a comparison. */
    public TrainBenchmark(BenchmarkCase setting, Set<StepVariant> variants) {
        this.setting = setting;
        this.variants = variants;
    }

    /**
     * Runs so many counted rounds.
     *
     * @throws IOException when a temporary file cannot be written
     */
    public Map<StepVariant, StepTiming> run(int rounds) throws IOException {
        if (rounds < 1) {
            throw new IllegalArgumentException("rounds must be positive, was " + rounds);
        }
        Map<StepVariant, TrainedNetwork> networks = new EnumMap<>(StepVariant.class);
        Map<StepVariant, List<StepTiming.Phases>> steps = new EnumMap<>(StepVariant.class);
        try {
            for (StepVariant variant : variants) {
                networks.put(variant, new TrainedNetwork(setting, variant));
                steps.put(variant, new ArrayList<>());
            }
            for (int round = -WARM_UP_ROUNDS; round < rounds; round++) {
                for (Map.Entry<StepVariant, TrainedNetwork> network : networks.entrySet()) {
                    StepTiming.Phases phases = network.getValue().step();
                    if (round >= 0) {
                        steps.get(network.getKey()).add(phases);
                    }
                }
            }
        } finally {
            networks.values().forEach(TrainedNetwork::close);
        }
        Map<StepVariant, StepTiming> timings = new EnumMap<>(StepVariant.class);
        steps.forEach((variant, phases) -> timings.put(variant, StepTiming.of(phases)));
        return timings;
    }
}
