package org.lesionstream.trainer.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.EnumSet;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lesionstream.trainer.graph.FloatTensor;
import org.lesionstream.trainer.network.NetworkSpec;

class TrainBenchmarkTest {
    private static final BenchmarkCase SMALL = new BenchmarkCase(NetworkSpec.parse("unet-same:base=2"), 2, 32, 48);

    @Test
    void timesEveryVariant() throws IOException {
        Map<StepVariant, StepTiming> timings = new TrainBenchmark(SMALL, EnumSet.allOf(StepVariant.class)).run(3);

        assertThat(timings).containsOnlyKeys(StepVariant.values());
        timings.values().forEach(timing -> {
            assertThat(timing.step().minMillis()).isPositive();
            double phases = timing.forward().minMillis()
                    + timing.loss().minMillis()
                    + timing.backward().minMillis()
                    + timing.update().minMillis();
            assertThat(timing.step().minMillis()).isGreaterThanOrEqualTo(phases - 1e-9);
        });
    }

    /** Else it would time steps that leave something out. */
    @ParameterizedTest
    @EnumSource(StepVariant.class)
    void aTimedStepMovesEveryWeight(StepVariant variant) throws IOException {
        try (TrainedNetwork network = new TrainedNetwork(SMALL, variant)) {
            Map<String, FloatTensor> before = network.weights();
            network.step();

            assertThat(before).isNotEmpty();
            network.weights().forEach((name, after) -> assertThat(after.values())
                    .as(name)
                    .isNotEqualTo(before.get(name).values()));
        }
    }

    @Test
    void addsUpThePhasesOfEachStep() {
        StepTiming timing = StepTiming.of(java.util.List.of(
                new StepTiming.Phases(1, 2, 3, 4),
                new StepTiming.Phases(5, 1, 1, 1),
                new StepTiming.Phases(9, 9, 9, 9)));

        assertThat(timing.step().minMillis()).isCloseTo(8, within(1e-12));
        assertThat(timing.step().medianMillis()).isCloseTo(10, within(1e-12));
        assertThat(timing.forward().minMillis()).isEqualTo(1);
    }

    @Test
    void refusesNoRounds() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TrainBenchmark(SMALL, EnumSet.allOf(StepVariant.class)).run(0))
                .withMessage("rounds must be positive, was 0");
    }
}
