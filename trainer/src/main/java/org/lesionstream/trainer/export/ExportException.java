package org.lesionstream.trainer.export;

/** A file does not compute what the network computes, so it must not be published. */
public final class ExportException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ExportException(String message) {
        super(message);
    }
}
