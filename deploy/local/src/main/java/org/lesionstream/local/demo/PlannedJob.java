package org.lesionstream.local.demo;

import org.lesionstream.local.traffic.JobLane;

/**
 * One job that the demo will submit.
 *
 * @param image its number in the case, from 1
 * @param images how many images the case has
 * @param picture what is segmented, or what a bad job is made from
 * @param slice whether the images of the case lie one upon the other
 */
record PlannedJob(
        String jobId,
        String caseId,
        int image,
        int images,
        JobLane lane,
        JobKind kind,
        Picture picture,
        boolean slice) {

    PlannedJob {
        if (image < 1 || image > images) {
            throw new IllegalArgumentException("image must be 1 to " + images + ", was " + image);
        }
    }

    /** A job whose image stands by itself. */
    PlannedJob(String jobId, String caseId, int image, int images, JobLane lane, JobKind kind, Picture picture) {
        this(jobId, caseId, image, images, lane, kind, picture, false);
    }

    boolean mustFail() {
        return kind.failure().isPresent();
    }
}
