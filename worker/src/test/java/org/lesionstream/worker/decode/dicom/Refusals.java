package org.lesionstream.worker.decode.dicom;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.lesionstream.schemas.image.ImageRefusedException;
import org.lesionstream.schemas.image.ImageRefusedException.Reason;

/** What is refused, and why. */
public final class Refusals {

    private Refusals() {}

    public static void assertRefused(Reason reason, ThrowingCallable action) {
        assertThatExceptionOfType(ImageRefusedException.class)
                .isThrownBy(action)
                .extracting(ImageRefusedException::reason)
                .isEqualTo(reason);
    }
}
