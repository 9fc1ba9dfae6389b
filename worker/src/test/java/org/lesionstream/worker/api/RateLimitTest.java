package org.lesionstream.worker.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RateLimitTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    @Test
    void letsABurstThroughAndThenOneAfterTheOther() {
        RateLimit limit = new RateLimit(10, 3, 100);

        assertThat(IntStream.range(0, 3).mapToObj(each -> limit.take("ann", 0))).allMatch(wait -> wait.isEmpty());
        assertThat(limit.take("ann", 0)).contains(Duration.ofMillis(100));
        assertThat(limit.take("ann", SECOND / 20)).contains(Duration.ofMillis(50));
        assertThat(limit.take("ann", SECOND / 10)).isEmpty();
        assertThat(limit.take("ann", SECOND / 10)).contains(Duration.ofMillis(100));
    }

    @Test
    void countsEachCallerApart() {
        RateLimit limit = new RateLimit(1, 1, 100);

        assertThat(limit.take("ann", 0)).isEmpty();
        assertThat(limit.take("ben", 0)).isEmpty();
        assertThat(limit.take("ann", 0)).isPresent();
    }

    @Test
    void forgetsWhoHasPausedAndNobodyElse() {
        RateLimit limit = new RateLimit(1, 2, 2);
        assertThat(limit.take("ann", 0)).isEmpty();
        assertThat(limit.take("ben", 0)).isEmpty();
        assertThat(limit.take("ben", 0)).isEmpty();

        assertThat(limit.take("cid", 0)).as("no place for a third").contains(Duration.ofSeconds(1));
        assertThat(limit.take("cid", SECOND)).as("ann has paused long enough").isEmpty();
        assertThat(limit.take("ann", SECOND)).as("two are at it").contains(Duration.ofSeconds(1));
        assertThat(limit.take("ben", SECOND)).isEmpty();
        assertThat(limit.take("ben", SECOND)).as("ben was not forgotten").isPresent();
    }

    @Test
    void refusesLimitsThatLetNothingThrough() {
        assertThatThrownBy(() -> new RateLimit(0, 1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RateLimit(1, 0, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Property(tries = 300)
    void neverLetsMoreThroughThanBurstAndRate(
            @ForAll @IntRange(min = 1, max = 20) int perSecond,
            @ForAll @IntRange(min = 1, max = 10) int burst,
            @ForAll @Size(max = 60) int[] pauses,
            @ForAll long start) {
        RateLimit limit = new RateLimit(perSecond, burst, 1);
        long interval = SECOND / perSecond;
        Deque<Long> taken = new ArrayDeque<>();
        long now = start; // a monotonic clock may begin anywhere, and run over
        for (int pause : pauses) {
            now += Math.floorMod(pause, 2 * interval);
            if (limit.take("ann", now).isEmpty()) {
                taken.addLast(now);
            }
            long present = now;
            for (long each : taken) {
                long since = taken.stream().filter(other -> other - each >= 0).count();
                assertThat(since).isLessThanOrEqualTo(burst + (present - each) / interval);
            }
        }
    }

    @Property(tries = 300)
    void letsThroughWhoWaitsAsLongAsItSays(
            @ForAll @IntRange(min = 1, max = 20) int perSecond,
            @ForAll @IntRange(min = 1, max = 10) int burst,
            @ForAll long start) {
        RateLimit limit = new RateLimit(perSecond, burst, 1);
        long now = start;
        for (int each = 0; each < 40; each++) {
            Duration wait = limit.take("ann", now).orElse(Duration.ZERO);
            if (!wait.isZero()) {
                now += wait.toNanos();
                assertThat(limit.take("ann", now)).isEmpty();
            }
        }
    }
}
