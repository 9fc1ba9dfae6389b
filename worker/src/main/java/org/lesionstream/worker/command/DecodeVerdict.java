package org.lesionstream.worker.command;

/** How a decoded file compares with what a manifest says of it. */
enum DecodeVerdict {
    /** Every stored value is that of the reference. */
    MATCH,
    /** No digest is given, as for lossy files; smallest, largest and mean value are near those of the reference. */
    CLOSE,
    /** Refused, and the reference has no pixels either. */
    REFUSED,
    /** The reference has pixels that are coded in a way that is not read here. */
    UNSUPPORTED,
    /** Decoded, although the reference has no pixels. */
    LENIENT,
    /** Anything else. */
    DIFFERENT
}
