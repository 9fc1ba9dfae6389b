package org.lesionstream.worker.backfill;

import org.lesionstream.schemas.message.ImageJob;

/** What one line of a source came to. */
public sealed interface SourceLine {

    /** Its number: the line of a manifest, the place in the walk through a folder; counted from 1. */
    long number();

    /** A job for it. */
    record Picture(long number, ImageJob job) implements SourceLine {
        String jobId() {
            return job.jobId();
        }
    }

    /**
     * No job can be made of it.
     *
     * @param why in words for the operator; never what stands there, which may be a name
     */
    record Refused(long number, String why) implements SourceLine {}
}
