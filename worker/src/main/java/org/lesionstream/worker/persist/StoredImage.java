package org.lesionstream.worker.persist;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import org.lesionstream.schemas.lesion.LesionStatistics;

/**
 * A segmented image of a case, as the tables have it.
 *
 * @param image its number in the case, counted from 1
 * @param mask empty if it was dropped
 * @param picture where it lay
 * @param lesions all of them, in their order
 */
public record StoredImage(
        int image, String jobId, Optional<StoredMask> mask, SourcePicture picture, List<LesionStatistics> lesions) {
    public StoredImage {
        requireNonNull(jobId, "jobId");
        requireNonNull(mask, "mask");
        requireNonNull(picture, "picture");
        lesions = List.copyOf(lesions);
    }

    /** The place of the image, for failures. */
    public String where() {
        return "image " + image;
    }
}
