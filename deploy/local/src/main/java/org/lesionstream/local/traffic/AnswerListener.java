package org.lesionstream.local.traffic;

import org.lesionstream.schemas.message.CaseResult;
import org.lesionstream.schemas.message.DeadLetter;
import org.lesionstream.schemas.message.JobExpansion;
import org.lesionstream.schemas.message.SegmentationResult;

/** Hears every answer of the worker. Times are when it was written to the broker, in milliseconds since 1970. */
public interface AnswerListener {

    void take(SegmentationResult result, long atMillis);

    void take(DeadLetter letter, long atMillis);

    void take(CaseResult result);

    /** Whoever sends jobs of one image each has no use for this. */
    default void take(JobExpansion expansion) {
        throw new IllegalStateException("The picture of job " + expansion.jobId()
                + " holds many images, and here every picture must be one: part it into files first");
    }
}
