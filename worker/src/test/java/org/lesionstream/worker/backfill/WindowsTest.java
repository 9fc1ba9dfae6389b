package org.lesionstream.worker.backfill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How many jobs may go out: by time, and by what is open. */
class WindowsTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 1, 7, 100, 3333})
    void sendsNoMoreThanTheRateAndNotMuchLess(double rate) {
        Pace pace = new Pace(OptionalDouble.of(rate), 0);
        long sent = 0;
        long now = 0;
        while (now < 100 * SECOND) {
            int ready = pace.available(now);
            pace.took(ready);
            sent += ready;
            long next = pace.next(now);
            assertThat(next).isGreaterThan(now);
            now = next;
        }
        double step = Math.max(1, rate / 20);
        assertThat((double) sent).isCloseTo(100 * rate, within(2 * step + 1));
    }

    @Test
    void savesUpNoMoreThanAMoment() {
        Pace pace = new Pace(OptionalDouble.of(100), 0);
        pace.took(pace.available(0));
        assertThat(pace.available(3600 * SECOND)).isEqualTo(10);
    }

    @Test
    void withoutARateEverythingMayGo() {
        Pace pace = new Pace(OptionalDouble.empty(), 0);
        pace.took(1_000_000);
        assertThat(pace.available(0)).isEqualTo(Integer.MAX_VALUE);
        assertThat(pace.next(5)).isEqualTo(5);
    }

    @Test
    void opensNoMoreJobsThanItsShare() {
        OpenJobs open = new OpenJobs(2);
        assertThat(open.add("a")).isTrue();
        assertThat(open.add("b")).isTrue();
        assertThat(open.room()).isZero();
        assertThatThrownBy(() -> open.add("c")).isInstanceOf(IllegalStateException.class);
        assertThat(open.ids()).containsExactly("a", "b");
    }

    @Test
    void theSamePictureTwiceIsOneJobAndTwoEntries() {
        OpenJobs open = new OpenJobs(1);
        assertThat(open.add("a")).isTrue();
        assertThat(open.add("a")).isFalse();
        assertThat(open.entries()).isEqualTo(2);
        assertThat(open.remove("a")).isEqualTo(2);
        assertThat(open.isEmpty()).isTrue();
        assertThat(open.entries()).isZero();
    }

    @Test
    void speedForgetsAFastStart() {
        Speed speed = new Speed(0);
        speed.note(SECOND, 100_000);
        assertThat(speed.perSecond()).isEqualTo(100_000);
        for (int second = 2; second <= 60; second++) {
            speed.note(second * SECOND, 100_000 + 10L * (second - 1));
        }
        assertThat(speed.perSecond()).isEqualTo(10);
        assertThat(speed.remaining(600)).contains(Duration.ofSeconds(60));
        assertThat(new Speed(0).remaining(5)).isEmpty();
    }
}
