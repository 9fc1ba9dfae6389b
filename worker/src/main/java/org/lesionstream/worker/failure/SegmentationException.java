package org.lesionstream.worker.failure;

import static java.util.Objects.requireNonNull;

import org.lesionstream.schemas.message.FailureCode;

/**
 * A failure with its code.
 *
 * <p>The message holds the code and the place and nothing else, so that it may be logged: an exception's own text can
 * quote a file's name or content. The cause is kept for the debugger and is never printed by the worker.
 */
public class SegmentationException extends RuntimeException {
    private final FailureCode code;
    private final String where;

    /**
     * @param where the stage, or the JSON pointer of the field at fault
     */
    public SegmentationException(FailureCode code, String where) {
        this(code, where, null);
    }

    public SegmentationException(FailureCode code, String where, Throwable cause) {
        super(code + " at " + where, cause);
        this.code = requireNonNull(code, "code");
        this.where = requireNonNull(where, "where");
    }

    public FailureCode code() {
        return code;
    }

    public String where() {
        return where;
    }
}
