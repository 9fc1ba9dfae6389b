package org.lesionstream.local.scale.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class HorizontalScalingTest {

    @Test
    void growsByFourOrToTheDoubleUnlessToldOtherwise() {
        HorizontalScaling usual = usual(1, 100);

        assertThat(usual.next(0, 1, 50)).isEqualTo(5);
        assertThat(usual.next(15, 5, 50)).isEqualTo(10);
        assertThat(usual.next(30, 10, 50)).isEqualTo(20);
    }

    @Test
    void shrinksToWhatWasNotNeededForFiveMinutes() {
        HorizontalScaling usual = usual(1, 100);

        assertThat(usual.next(0, 10, 8)).isEqualTo(10 - 2);
        assertThat(usual.next(15, 8, 2)).isEqualTo(8);
        assertThat(usual.next(300, 8, 3)).isEqualTo(8);
        assertThat(usual.next(301, 8, 3)).isEqualTo(3);
    }

    @Test
    void growsToTheLeastThatWasAskedForWithinTheWindow() {
        HorizontalScaling calm = new HorizontalScaling(ScalingRules.pods(30, 10, 30), ScalingRules.usualDown(), 1, 100);

        assertThat(calm.next(0, 2, 2)).isEqualTo(2);
        assertThat(calm.next(15, 2, 9)).isEqualTo(2);
        assertThat(calm.next(31, 2, 7)).isEqualTo(7);
    }

    @Test
    void allowsOnlySoManyPodsWithinThePeriod() {
        HorizontalScaling slow =
                new HorizontalScaling(ScalingRules.pods(0, 2, 60), ScalingRules.pods(0, 1, 60), 1, 100);

        assertThat(slow.next(0, 2, 9)).isEqualTo(4);
        assertThat(slow.next(30, 4, 9)).isEqualTo(4);
        assertThat(slow.next(60, 4, 9)).isEqualTo(6);
        assertThat(slow.next(200, 6, 1)).isEqualTo(5);
        assertThat(slow.next(230, 5, 1)).isEqualTo(5);
        assertThat(slow.next(260, 5, 1)).isEqualTo(4);
    }

    @Test
    void staysWithinItsLimits() {
        HorizontalScaling narrow = new HorizontalScaling(
                ScalingRules.usualUp(),
                new ScalingRules(0, ScalingRules.usualDown().policies()),
                2,
                6);

        assertThat(narrow.next(0, 5, 50)).isEqualTo(6);
        assertThat(narrow.next(15, 6, 0)).isEqualTo(2);
    }

    @Test
    void leavesADirectionAloneThatHasNoPolicy() {
        HorizontalScaling upOnly = new HorizontalScaling(ScalingRules.usualUp(), new ScalingRules(0, List.of()), 1, 10);

        assertThat(upOnly.next(0, 5, 1)).isEqualTo(5);
    }

    @Test
    void doesNothingWithinATenthOfTheTarget() {
        assertThat(new Trigger.Reading(109, 20, true).replicas(5)).isEqualTo(5);
        assertThat(new Trigger.Reading(111, 20, true).replicas(5)).isEqualTo(6);
        assertThat(new Trigger.Reading(91, 20, true).replicas(5)).isEqualTo(5);
        assertThat(new Trigger.Reading(80, 20, true).replicas(5)).isEqualTo(4);
    }

    @Test
    void refusesPoliciesThatAllowNothing() {
        assertThatThrownBy(() -> new ScalingRules.Policy(ScalingRules.Kind.PODS, 0, 60))
                .hasMessage("value must be positive, was 0");
    }

    private static HorizontalScaling usual(int least, int most) {
        return new HorizontalScaling(ScalingRules.usualUp(), ScalingRules.usualDown(), least, most);
    }
}
