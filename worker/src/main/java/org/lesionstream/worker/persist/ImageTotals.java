package org.lesionstream.worker.persist;

import java.util.List;
import org.lesionstream.schemas.checkpoint.CheckpointIdentity;
import org.lesionstream.schemas.message.ClassTotals;

/**
 * What one segmented image contributes to its case.
 *
 * @param image number of the image
 * @param jobId the job that speaks for it
 * @param slice whether it has a place in a stack
 * @param pixels of the image
 */
record ImageTotals(
        int image, String jobId, boolean slice, CheckpointIdentity checkpoint, long pixels, List<ClassTotals> classes) {
    ImageTotals {
        classes = List.copyOf(classes);
    }
}
