package org.lesionstream.worker.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RetryBackoffTest {
    private static final Duration FIRST = Duration.ofMillis(100);
    private static final Duration MOST = Duration.ofSeconds(5);

    @Property
    void liesBetweenHalfAndAllOfTheDoubledBoundedCeiling(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 1000) int failures) {
        RetryBackoff backoff = new RetryBackoff(FIRST, MOST, new Random(seed));
        double ceiling = Math.min((double) MOST.toNanos(), FIRST.toNanos() * Math.pow(2, failures - 1));
        assertThat((double) backoff.delay(failures).toNanos()).isBetween(Math.floor(ceiling / 2), ceiling);
    }

    @Test
    void spreadsTheFleet() {
        RetryBackoff backoff = new RetryBackoff(FIRST, MOST, new Random(7));
        assertThat(backoff.delay(3)).isNotEqualTo(backoff.delay(3));
    }

    @Test
    void namesWhatIsWrong() {
        assertThatThrownBy(() -> new RetryBackoff(Duration.ZERO, MOST, new Random(1)))
                .hasMessage("first must be positive, was PT0S");
        assertThatThrownBy(() -> new RetryBackoff(MOST, FIRST, new Random(1)))
                .hasMessage("most must be at least PT5S, was PT0.1S");
        assertThatThrownBy(() -> new RetryBackoff(FIRST, MOST, new Random(1)).delay(0))
                .hasMessage("failures must be positive, was 0");
    }
}
