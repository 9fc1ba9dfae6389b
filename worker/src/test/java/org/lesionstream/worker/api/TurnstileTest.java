package org.lesionstream.worker.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.ws.rs.WebApplicationException;
import org.junit.jupiter.api.Test;

class TurnstileTest {
    private final Turnstile turnstile = new Turnstile(1);

    @Test
    void sendsAwayWhoFindsNoPlaceAndSaysWhenToComeBack() {
        assertThatThrownBy(() -> turnstile.pass(() -> turnstile.pass(() -> "two at once")))
                .isInstanceOfSatisfying(WebApplicationException.class, refused -> {
                    assertThat(refused.getResponse().getStatus()).isEqualTo(503);
                    assertThat(refused.getResponse().getHeaderString("Retry-After"))
                            .isEqualTo("5");
                });
    }

    @Test
    void givesThePlaceBackAfterAFailureToo() {
        assertThatThrownBy(() -> turnstile.pass(() -> {
                    throw new IllegalStateException("work failed");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(turnstile.<String>pass(() -> "next")).isEqualTo("next");
    }
}
