package org.lesionstream.schemas.image;

import java.io.Serial;

/** A picture that was not decoded, and why. The message holds the reason and numbers from the header, never pixels or text of the file. */
public final class ImageRefusedException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    /** Why a picture is refused. */
    public enum Reason {
        /** In no format that is read, or of a kind that is not (floating point, CMYK, ...). */
        UNSUPPORTED_FORMAT,
        /** DICOM whose pixels are coded in a way that is not read. */
        UNSUPPORTED_TRANSFER_SYNTAX,
        /** DICOM that holds no picture, such as a report or a plan. */
        NO_PIXELS,
        /** More encoded bytes than allowed. */
        TOO_MANY_BYTES,
        /** More pixels than allowed. */
        TOO_MANY_PIXELS,
        /** Ends early or contradicts itself. */
        TRUNCATED_OR_DAMAGED,
        /** A JPEG with more scans than allowed. */
        TOO_MANY_SCANS,
        /** Not decoded in the time that a picture has. */
        DECODING_TOO_SLOW,
        /** More than one page or frame: which one is meant is not for us to guess. */
        MANY_IMAGES,
        /** Fewer frames than the one that is wanted. */
        NO_SUCH_FRAME
    }

    private final Reason reason;

    public ImageRefusedException(Reason reason, String detail) {
        super(reason + ": " + detail);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
