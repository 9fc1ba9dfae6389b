package org.lesionstream.trainer.benchmark;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Times steps of training of a network, in each order of memory.
 *
 * <ul>
 *   <li>A step is forward with batch statistics, cross entropy, backward and Adam; data loading and augmentation are no part of it.
 *   <li>The orders take turns in every round, so that a busy machine slows all alike; the first two rounds warm up and are not counted.
 * </ul>
 */
public final class TrainBenchmark {
    private static final int WARM_UP_ROUNDS = 2;

    private final BenchmarkCase setting;

    /** Prepares a comparison. */
    public TrainBenchmark(BenchmarkCase setting) {
        this.setting = setting;
    }

    /** Runs so many counted rounds. */
    public Map<MemoryOrder, StepTiming> run(int rounds) {
        if (rounds < 1) {
            throw new IllegalArgumentException("rounds must be positive, was " + rounds);
        }
        Map<MemoryOrder, TrainedNetwork> networks = new EnumMap<>(MemoryOrder.class);
        Map<MemoryOrder, List<StepTiming.Phases>> steps = new EnumMap<>(MemoryOrder.class);
        try {
            for (MemoryOrder order : MemoryOrder.values()) {
                networks.put(order, new TrainedNetwork(setting, order));
                steps.put(order, new ArrayList<>());
            }
            for (int round = -WARM_UP_ROUNDS; round < rounds; round++) {
                for (Map.Entry<MemoryOrder, TrainedNetwork> network : networks.entrySet()) {
                    StepTiming.Phases phases = network.getValue().step();
                    if (round >= 0) {
                        steps.get(network.getKey()).add(phases);
                    }
                }
            }
        } finally {
            networks.values().forEach(TrainedNetwork::close);
        }
        Map<MemoryOrder, StepTiming> timings = new EnumMap<>(MemoryOrder.class);
        steps.forEach((order, phases) -> timings.put(order, StepTiming.of(phases)));
        return timings;
    }
}
