package org.lesionstream.worker.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.schemas.message.FailureType;

class FailurePolicyTest {
    private static final int MAX_ATTEMPTS = 4;

    private final FailurePolicy policy = new FailurePolicy(
            new RetryBackoff(Duration.ofMillis(10), Duration.ofSeconds(1), new Random(3)), MAX_ATTEMPTS);

    @ParameterizedTest
    @EnumSource(FailureCode.class)
    void endsEveryJobSoonerOrLaterUnlessOnlyTheSurroundingsAreAway(FailureCode code) {
        boolean waitsWithoutEnd = code == FailureCode.DATABASE_UNAVAILABLE
                || code == FailureCode.BROKER_UNAVAILABLE
                || code == FailureCode.CHECKPOINT_STORE_UNAVAILABLE;
        assertThat(retries(code, 1_000_000)).isEqualTo(waitsWithoutEnd);
    }

    @ParameterizedTest
    @EnumSource(FailureCode.class)
    void triesOnceWhatNoAttemptCanHelp(FailureCode code) {
        boolean hopeless = code.type() == FailureType.INPUT || code.type() == FailureType.EXPIRED;
        assertThat(retries(code, 1)).isEqualTo(!hopeless);
    }

    @Test
    void triesATransientFailureUpToTheLimit() {
        assertThat(retries(FailureCode.SOURCE_UNREADABLE, MAX_ATTEMPTS - 1)).isTrue();
        assertThat(retries(FailureCode.SOURCE_UNREADABLE, MAX_ATTEMPTS)).isFalse();
    }

    @Test
    void givesAFaultOfTheEngineOneMoreChance() {
        assertThat(retries(FailureCode.INFERENCE_FAILED, 1)).isTrue();
        assertThat(retries(FailureCode.INFERENCE_FAILED, 2)).isFalse();
    }

    @Test
    void waitsBeforeTheNextAttempt() {
        assertThat(policy.decide(FailureCode.SOURCE_UNREADABLE, 1))
                .isInstanceOfSatisfying(FailurePolicy.Retry.class, retry -> assertThat(retry.after())
                        .isBetween(Duration.ofMillis(5), Duration.ofMillis(10)));
    }

    private boolean retries(FailureCode code, int attempt) {
        return policy.decide(code, attempt) instanceof FailurePolicy.Retry;
    }
}
