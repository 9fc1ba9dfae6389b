package org.lesionstream.worker.testing;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.worker.failure.SegmentationException;

/** How tests expect failures: by code and place, and by nothing else, since nothing else may be said. */
public final class Failures {

    private Failures() {}

    public static void assertFails(FailureCode code, String where, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(SegmentationException.class, failure -> {
            Assertions.assertThat(failure.code()).isEqualTo(code);
            Assertions.assertThat(failure.where()).isEqualTo(where);
            Assertions.assertThat(failure).hasMessage(code + " at " + where);
        });
    }
}
