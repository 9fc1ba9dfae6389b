package org.lesionstream.schemas.message;

/**
 * Bytes that are not a valid message.
 *
 * <p>Names the place of the fault and never the value found there, which may be a person's name. For the same reason it has no
 * cause: parsers quote what they read.
 */
public final class InvalidMessageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final FailureCode code;
    private final String pointer;

    public InvalidMessageException(FailureCode code, String pointer) {
        super(code + " at " + (pointer.isEmpty() ? "the document" : pointer));
        this.code = code;
        this.pointer = pointer;
    }

    /** {@link FailureCode#INVALID_JSON}, {@link FailureCode#SCHEMA_VIOLATION} or {@link FailureCode#MESSAGE_TOO_LARGE}. */
    public FailureCode code() {
        return code;
    }

    /** JSON pointer (RFC 6901) of the fault; empty for the whole document. */
    public String pointer() {
        return pointer;
    }
}
