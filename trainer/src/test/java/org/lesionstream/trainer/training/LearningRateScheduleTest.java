package org.lesionstream.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.lesionstream.trainer.testing.GoldenFile;

class LearningRateScheduleTest {

    @Test
    void cosineFallsFromTheFirstRateToAHundredth() {
        assertThat(LearningRateSchedule.COSINE.rate(0.1, 0)).isCloseTo(0.1, within(1e-12));
        assertThat(LearningRateSchedule.COSINE.rate(0.1, 0.5)).isCloseTo(0.0505, within(1e-12));
        assertThat(LearningRateSchedule.COSINE.rate(0.1, 1)).isCloseTo(0.001, within(1e-12));
        assertThat(LearningRateSchedule.COSINE.rate(0.1, 1.5)).isCloseTo(0.001, within(1e-12));
    }

    @Test
    void constantStays() {
        assertThat(LearningRateSchedule.CONSTANT.rate(0.1, 0.9)).isEqualTo(0.1);
    }

    @Test
    void cosineEqualsTheReference() {
        float[] expected = GoldenFile.require("lr_schedules").floats("cosine_annealing");
        for (int epoch = 0; epoch < expected.length; epoch++) {
            assertThat(LearningRateSchedule.COSINE.rate(0.001, epoch / 100.0)).isCloseTo(expected[epoch], within(1e-9));
        }
    }

    @Test
    void aRunEndsByWhicheverLimitComesFirst() {
        StopRule rule = new StopRule(Optional.of(Duration.ofMinutes(2)), OptionalInt.of(10), OptionalDouble.of(0.9));
        assertThat(rule.isOver(report(3, 0.5, 60))).isFalse();
        assertThat(rule.isOver(report(10, 0.5, 60))).isTrue();
        assertThat(rule.isOver(report(3, 0.9, 60))).isTrue();
        assertThat(rule.isOver(report(3, 0.5, 120))).isTrue();
        assertThat(rule.progress(2, Duration.ofMinutes(1))).isEqualTo(0.5);
        assertThat(rule.progress(8, Duration.ofMinutes(1))).isEqualTo(0.8);
    }

    @Test
    void refusesARunWithoutEnd() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StopRule(Optional.empty(), OptionalInt.empty(), OptionalDouble.of(0.9)))
                .withMessageContaining("never end");
    }

    private static EpochReport report(int epoch, double dice, int seconds) {
        return new EpochReport(epoch, 1, dice, 0.001, Duration.ofSeconds(seconds));
    }
}
