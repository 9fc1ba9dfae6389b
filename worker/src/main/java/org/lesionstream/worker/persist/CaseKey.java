package org.lesionstream.worker.persist;

import org.lesionstream.schemas.checkpoint.CheckpointReference;
import org.lesionstream.schemas.message.CaseTimeout;
import org.lesionstream.schemas.message.ImageJob;

/** What tells cases apart: the same pictures under another checkpoint reference are another case. */
record CaseKey(String caseId, String reference) {

    static CaseKey of(ImageJob job) {
        return new CaseKey(job.imagingCase().id(), job.checkpoint().toString());
    }

    static CaseKey of(CaseTimeout timeout) {
        return new CaseKey(timeout.caseId(), timeout.reference().toString());
    }

    CheckpointReference checkpoint() {
        return CheckpointReference.parse(reference);
    }
}
