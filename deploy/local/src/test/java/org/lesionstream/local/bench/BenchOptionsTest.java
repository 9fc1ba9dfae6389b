package org.lesionstream.local.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.lesionstream.local.sample.Scale;

class BenchOptionsTest {

    @Test
    void refuseWhatMeasuresNothing() {
        assertThatThrownBy(() -> options(9, 1)).hasMessage("jobs must be at least 10, was 9");
        assertThatThrownBy(() -> options(10, 0)).hasMessage("runs must be positive, was 0");
    }

    @Test
    void knowThatWithoutPublishNobodyIsAnswered() {
        assertThat(without(BenchStage.PUBLISH).answersArePublished()).isFalse();
        assertThat(without(BenchStage.PERSIST).answersArePublished()).isTrue();
        assertThat(without(BenchStage.INFERENCE).networkRuns()).isFalse();
    }

    static BenchOptions options(int jobs, int runs) {
        return options(jobs, runs, Set.of());
    }

    private static BenchOptions without(BenchStage stage) {
        return options(10, 1, Set.of(stage));
    }

    private static BenchOptions options(int jobs, int runs, Set<BenchStage> without) {
        return new BenchOptions(
                Path.of("home"),
                Path.of("out"),
                Optional.empty(),
                Optional.empty(),
                Scale.SMALL,
                jobs,
                runs,
                "auto",
                "cpu",
                Duration.ofSeconds(10),
                without,
                true,
                Set.of(),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                1);
    }
}
