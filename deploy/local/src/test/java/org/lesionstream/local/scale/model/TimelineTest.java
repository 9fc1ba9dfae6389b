package org.lesionstream.local.scale.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimelineTest {

    private final Timeline timeline = new Timeline();
    private final List<String> happened = new ArrayList<>();

    @Test
    void letsThingsHappenInTheirOrderAndEqualMomentsAsPlanned() {
        timeline.at(2, () -> happened.add("c"));
        timeline.at(1, () -> happened.add("a"));
        timeline.at(1, () -> happened.add("b"));
        timeline.at(9, () -> happened.add("too late"));
        timeline.runUntil(5);

        assertThat(happened).containsExactly("a", "b", "c");
        assertThat(timeline.now()).isEqualTo(5);
    }

    @Test
    void takesAMomentThatHasPassedForNow() {
        timeline.at(3, () -> timeline.at(1, () -> happened.add("at " + timeline.now())));
        timeline.runUntil(3);

        assertThat(happened).containsExactly("at 3.0");
    }

    @Test
    void repeatsWhatHasAPeriod() {
        timeline.every(10, 5, () -> happened.add(String.valueOf(timeline.now())));
        timeline.runUntil(25);

        assertThat(happened).containsExactly("5.0", "15.0", "25.0");
    }

    @Test
    void refusesWhatIsNoMoment() {
        assertThatThrownBy(() -> timeline.at(Double.NaN, () -> {})).hasMessage("moment must be a number");
    }
}
