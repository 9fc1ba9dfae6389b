package org.lesionstream.trainer.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LearningRateScheduleTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "constant | 0.9 | 90 | 0.1",
                "cosine | 0 | 0 | 0.1",
                "cosine | 0.5 | 7 | 0.0505",
                "cosine | 1 | 7 | 0.001",
                "cosine | 1.5 | 7 | 0.001",
                "cosine:floor=0 | 0.6666666666666666 | 7 | 0.025",
                "poly:power=2 | 0.25 | 7 | 0.05625",
                "poly | 1 | 7 | 0",
                // within an epoch nothing moves, and the eleventh begins again
                "restarts:floor=0.1 | 0 | 5.9 | 0.055",
                "restarts:floor=0.1 | 0 | 10 | 0.1",
                "restarts:floor=0.1 | 0 | 25 | 0.055",
                // 4 epochs, then 8, then 16: 20 is half through the third
                "restarts:period=4,factor=2 | 0 | 20 | 0.05",
                "step | 0 | 29.99 | 0.1",
                "step | 0 | 30 | 0.01",
                "step:every=2,gamma=0.5 | 0 | 5 | 0.025",
                "constant:warmup=4 | 0 | 0 | 0",
                "constant:warmup=4 | 0 | 1 | 0.025",
                "constant:warmup=4 | 0 | 4 | 0.1",
                "step:every=2,gamma=0.5,warmup=5 | 0 | 2.5 | 0.025"
            })
    void isAsComputedByHand(String schedule, double done, double epochs, double rate) {
        assertThat(LearningRateSchedule.parse(schedule).rate(0.1, done, epochs)).isCloseTo(rate, within(1e-12));
    }

    @Property
    void neverLeavesTheRangeFromNothingToTheFirstRate(
            @ForAll("schedules") String text,
            @ForAll @DoubleRange(min = 0.01, max = 1) double first,
            @ForAll @DoubleRange(min = -0.5, max = 2) double done,
            @ForAll @DoubleRange(min = 0, max = 3000) double epochs) {
        assertThat(LearningRateSchedule.parse(text).rate(first, done, epochs)).isBetween(0.0, first * (1 + 1e-12));
    }

    @Property
    void printsAsItIsRead(@ForAll("schedules") String text) {
        LearningRateSchedule schedule = LearningRateSchedule.parse(text);

        assertThat(LearningRateSchedule.parse(schedule.toString())).isEqualTo(schedule);
    }

    @Provide
    Arbitrary<String> schedules() {
        Arbitrary<Double> share = Arbitraries.doubles().between(0, 0.99).ofScale(2);
        Arbitrary<Integer> epochs = Arbitraries.integers().between(1, 200);
        Arbitrary<Integer> warmup = Arbitraries.integers().between(0, 20);
        return Arbitraries.oneOf(
                warmup.map("constant:warmup=%d"::formatted),
                Combinators.combine(share, warmup).as("cosine:floor=%s,warmup=%d"::formatted),
                Combinators.combine(share, warmup).as("poly:power=%s,warmup=%d"::formatted),
                Combinators.combine(epochs, Arbitraries.integers().between(1, 3), share, warmup)
                        .as("restarts:period=%d,factor=%d,floor=%s,warmup=%d"::formatted),
                Combinators.combine(epochs, share, warmup).as("step:every=%d,gamma=%s,warmup=%d"::formatted));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "linear | there is no schedule \"linear\"",
                "cosine:power=1 | cosine has no option [power]",
                "cosine:floor=1 | floor must lie in [0, 1), was 1.0",
                "poly:power=-1 | power must not be negative, was -1.0",
                "restarts:period=0 | period must be positive, was 0",
                "restarts:factor=0 | factor must be positive, was 0",
                "step:every=0 | every must be positive, was 0",
                "step:gamma=2 | gamma must lie in [0, 1], was 2.0",
                "constant:warmup=-1 | warmup must not be negative, was -1.0"
            })
    void refusesWhatMakesNoSense(String text, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LearningRateSchedule.parse(text))
                .withMessageContaining(message);
    }
}
