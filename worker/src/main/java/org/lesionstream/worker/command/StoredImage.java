package org.lesionstream.worker.command;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import javax.sql.DataSource;
import org.lesionstream.schemas.checkpoint.Digest;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.schemas.message.ImageSource;
import org.lesionstream.worker.decode.ImageFetcher;
import org.lesionstream.worker.failure.SegmentationException;
import org.lesionstream.worker.persist.CaseDetails;
import org.lesionstream.worker.persist.JobQueries;
import org.lesionstream.worker.persist.OutcomeKind;
import org.lesionstream.worker.persist.SourcePicture;
import org.lesionstream.worker.persist.SourceQueries;
import org.lesionstream.worker.persist.StoredMask;

/**
 * An image of a case, as the tables have it.
 *
 * @param image its number in the case, counted from 1
 * @param mask as it is stored
 * @param location where its picture lies
 * @param frame which picture of what lies there, counted from 1; empty where it holds no other
 * @param sha256 of what lay there when it was segmented
 */
record StoredImage(int image, String jobId, StoredMask mask, URI location, OptionalInt frame, Digest sha256) {

    /**
     * The segmented images of a case by their number.
     *
     * @throws SegmentationException with the image whose mask was dropped, or whose picture came inside its job
     */
    static List<StoredImage> of(CaseDetails found, DataSource tables) {
        JobQueries jobs = new JobQueries(tables);
        SourceQueries sources = new SourceQueries(tables);
        List<StoredImage> images = new ArrayList<>();
        for (CaseDetails.CaseJob job : found.jobs()) {
            if (job.counted() && job.outcome() == OutcomeKind.SEGMENTED) {
                String where = "image " + job.image();
                StoredMask mask = jobs.mask(job.jobId()).orElseThrow(() -> missing("mask of " + where));
                SourcePicture picture = sources.ofJob(job.jobId()).orElseThrow(() -> missing(where));
                URI location = picture.location().orElseThrow(() -> missing(where));
                images.add(
                        new StoredImage(job.image(), job.jobId(), mask, location, picture.frame(), picture.sha256()));
            }
        }
        return images;
    }

    /**
     * Reads the picture's file again.
     *
     * @throws SegmentationException if it is not there, or is another one now
     */
    byte[] source(ImageFetcher fetcher) {
        byte[] bytes = fetcher.fetch(ImageSource.at(location), where());
        if (!Digest.of(bytes).equals(sha256)) {
            throw new SegmentationException(FailureCode.CHECKSUM_MISMATCH, where());
        }
        return bytes;
    }

    String where() {
        return "image " + image;
    }

    private static SegmentationException missing(String where) {
        return new SegmentationException(FailureCode.SOURCE_NOT_FOUND, where);
    }
}
