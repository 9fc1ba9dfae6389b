package org.lesionstream.worker.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ShareLimitsTest {
    @Test
    void sharesWhatALaneMayHoldAmongItsConsumers() {
        assertThat(new ShareLimits(4, 10).hand(new IntakeLimits(64, 64, 1))).isEqualTo(16);
        assertThat(new ShareLimits(3, 10).hand(new IntakeLimits(64, 64, 1))).isEqualTo(21);
        assertThat(new ShareLimits(1, 10).hand(new IntakeLimits(64, 8, 1))).isEqualTo(8);
    }

    @Test
    void refusesMoreConsumersThanMessages() {
        assertThatThrownBy(() -> new ShareLimits(4, 10).hand(new IntakeLimits(3, 64, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("consumers must be at most maxInFlight, 3, was 4");
    }

    @Test
    void refusesWhatIsNoLimit() {
        assertThatThrownBy(() -> new ShareLimits(0, 10)).hasMessage("consumers must be positive, was 0");
        assertThatThrownBy(() -> new ShareLimits(1, 1)).hasMessage("deliveries must be at least 2, was 1");
    }
}
