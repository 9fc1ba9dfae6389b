package org.lesionstream.trainer.benchmark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.lesionstream.schemas.checkpoint.Precision;

/**
 * Times one forward of a network with random weights, as a block run eagerly and as its exported files.
 *
 * <ul>
 *   <li>They take turns in every round, so that a busy machine slows all alike; the first two rounds warm up and are not counted.
 *   <li>The files do more than the block: from bytes to labels and confidences. The block gets finished floats and gives logits.
 *   <li>Each timing ends with the result in Java.
 * </ul>
 */
public final class ForwardBenchmark {
    private static final int WARM_UP_ROUNDS = 2;

    private final BenchmarkCase setting;
    private final Set<Contestant> contestants;

    /**
     * Prepares a comparison.
     *
     * @param contestants at least one
     */
    public ForwardBenchmark(BenchmarkCase setting, Set<Contestant> contestants) {
        this.setting = setting;
        this.contestants = EnumSet.copyOf(contestants);
    }

    /** Runs so many counted rounds. */
    public Map<Contestant, Timing> run(int rounds) throws IOException {
        if (rounds < 1) {
            throw new IllegalArgumentException("rounds must be positive, was " + rounds);
        }
        byte[] pixels = setting.pixels();
        Map<Contestant, Forward> forwards = new EnumMap<>(Contestant.class);
        try (RandomNetwork network = new RandomNetwork(setting)) {
            for (Contestant contestant : contestants) {
                forwards.put(
                        contestant,
                        switch (contestant) {
                            case BLOCK -> network.eager();
                            case FP32 -> network.exported(Precision.FP32);
                            case BF16 -> network.exported(Precision.BF16);
                        });
            }
            Map<Contestant, List<Double>> times = new EnumMap<>(Contestant.class);
            for (int round = -WARM_UP_ROUNDS; round < rounds; round++) {
                for (Map.Entry<Contestant, Forward> forward : forwards.entrySet()) {
                    double millis = forward.getValue().millis(pixels);
                    if (round >= 0) {
                        times.computeIfAbsent(forward.getKey(), contestant -> new ArrayList<>())
                                .add(millis);
                    }
                }
            }
            Map<Contestant, Timing> timings = new EnumMap<>(Contestant.class);
            times.forEach((contestant, millis) -> timings.put(contestant, Timing.of(millis)));
            return timings;
        } finally {
            forwards.values().forEach(Forward::close);
        }
    }
}
