package org.lesionstream.trainer.adopt;

/** A file cannot be adopted; the message says in one line why, and what to do where something can be done. */
public final class AdoptionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    AdoptionException(String message) {
        super(message);
    }

    AdoptionException(String message, Throwable cause) {
        super(message, cause);
    }
}
