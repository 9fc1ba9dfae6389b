package org.lesionstream.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class StopRuleTest {

    private final StopRule rule = new StopRule(
            Optional.of(Duration.ofMinutes(2)), OptionalInt.of(10), OptionalDouble.of(0.9), OptionalInt.of(4));

    @Test
    void aRunEndsByWhicheverLimitComesFirst() {
        assertThat(rule.ending(report(3, 0.5, 60), Optional.empty())).isEmpty();
        assertThat(rule.ending(report(10, 0.5, 60), Optional.empty())).hasValue("all epochs are done");
        assertThat(rule.ending(report(3, 0.9, 60), Optional.empty()))
                .hasValue("early stop, validation Dice is good enough");
        assertThat(rule.ending(report(3, 0.5, 120), Optional.empty())).hasValue("the time is up");
        assertThat(rule.progress(2, Duration.ofMinutes(1))).isEqualTo(0.5);
        assertThat(rule.progress(8, Duration.ofMinutes(1))).isEqualTo(0.8);
    }

    @Test
    void patienceIsCountedFromTheBestEpoch() {
        Optional<EpochReport> best = Optional.of(report(2, 0.6, 20));
        assertThat(rule.ending(report(5, 0.5, 50), best)).isEmpty();
        assertThat(rule.ending(report(6, 0.5, 60), best))
                .hasValue("early stop, no better validation Dice for 4 epochs");
    }

    @Test
    void refusesARunWithoutEnd() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StopRule(
                        Optional.empty(), OptionalInt.empty(), OptionalDouble.of(0.9), OptionalInt.empty()))
                .withMessageContaining("never end");
    }

    private static EpochReport report(int epoch, double dice, int seconds) {
        return new EpochReport(epoch, 1, dice, 0.001, Duration.ofSeconds(seconds));
    }
}
