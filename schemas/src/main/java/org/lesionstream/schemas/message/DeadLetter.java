package org.lesionstream.schemas.message;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;

/**
 * A job that could not be done, and why.
 *
 * <p>Holds the job only if it was valid, and then without pixels: a field that was refused may hold a person's name.
 *
 * @param job the valid job; inline pixels are replaced by their digest
 * @param source the message it came in
 * @param code why
 * @param where JSON pointer of the fault, beginning with {@code /}, or name of the stage; empty for the whole document
 * @param attempts how often it was tried, at least 1
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record DeadLetter(
        Optional<ImageJob> job, DeadLetterSource source, FailureCode code, String where, int attempts) {

    public DeadLetter {
        job = job.map(ImageJob::withoutPixels);
        if (attempts < 1) {
            throw new IllegalArgumentException("attempts must be at least 1, was " + attempts);
        }
    }

    /** Whose fault it was; written into the message for readers that do not know the code. */
    @JsonProperty(access = JsonProperty.Access.READ_ONLY)
    public FailureType type() {
        return code.type();
    }
}
