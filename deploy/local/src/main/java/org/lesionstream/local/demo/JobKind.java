package org.lesionstream.local.demo;

import java.util.Optional;
import org.lesionstream.schemas.message.FailureCode;

/** What the demo asks of the worker, and how that must end. */
enum JobKind {
    /** A picture by the address of its file. */
    FILE("picture in a file", Optional.empty()),
    /** A picture inside the message. */
    INLINE("picture in the message", Optional.empty()),
    /** A PNG that ends in the middle. */
    TRUNCATED("truncated PNG", Optional.of(FailureCode.IMAGE_DAMAGED)),
    /** A checkpoint that nobody published. */
    UNKNOWN_CHECKPOINT("unknown checkpoint", Optional.of(FailureCode.CHECKPOINT_UNKNOWN)),
    /** A message that is no JSON. */
    INVALID_JSON("invalid JSON", Optional.of(FailureCode.INVALID_JSON)),
    /** A small file that decodes to 100 megapixels. */
    BOMB("100-megapixel PNG", Optional.of(FailureCode.TOO_MANY_PIXELS));

    private final String description;
    private final Optional<FailureCode> failure;

    JobKind(String description, Optional<FailureCode> failure) {
        this.description = description;
        this.failure = failure;
    }

    String description() {
        return description;
    }

    /** The code of the dead letter that must answer the job; absent where a mask must. */
    Optional<FailureCode> failure() {
        return failure;
    }
}
