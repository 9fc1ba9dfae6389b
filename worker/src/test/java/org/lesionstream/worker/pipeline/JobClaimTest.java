package org.lesionstream.worker.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JobClaimTest {
    private final JobClaim claim = new JobClaim();

    @Test
    void endsOnce() {
        assertThat(claim.end()).isTrue();
        assertThat(claim.end()).isFalse();
        assertThat(claim.expire()).isFalse();
        assertThat(claim.begin()).isFalse();
        assertThat(claim.waitAgain()).isFalse();
        assertThat(claim.ended()).isTrue();
    }

    @Test
    void expiresWhileItWaitsAndNeverOnTheDevice() {
        assertThat(claim.begin()).isTrue();
        assertThat(claim.begin()).isTrue(); // with its next tile
        assertThat(claim.expire()).isFalse();

        assertThat(claim.waitAgain()).isTrue();
        assertThat(claim.expire()).isTrue();
        assertThat(claim.begin()).isFalse();
    }
}
