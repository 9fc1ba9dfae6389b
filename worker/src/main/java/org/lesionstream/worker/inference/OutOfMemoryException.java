package org.lesionstream.worker.inference;

import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.worker.failure.SegmentationException;

/** The device has no memory for a batch of that size; a smaller one may fit. */
public final class OutOfMemoryException extends SegmentationException {

    public OutOfMemoryException(Throwable cause) {
        super(FailureCode.INFERENCE_FAILED, "inference", cause);
    }

    /** Whether the engine says so; it has no type for it, only the words of its two allocators. */
    static boolean isSaidBy(RuntimeException failure) {
        String said = String.valueOf(failure.getMessage());
        return said.contains("out of memory") || said.contains("can't allocate memory");
    }
}
