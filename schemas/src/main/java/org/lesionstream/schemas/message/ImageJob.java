package org.lesionstream.schemas.message;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.lesionstream.schemas.checkpoint.CheckpointReference;
import org.lesionstream.schemas.image.PixelSpacing;

/**
 * One image to segment.
 *
 * @param jobId opaque and unique: a job id has one outcome, which only gives way if it is a dead letter and somebody replays it; to do an
 *     image again is another job id; see {@link Identifier}
 * @param imagingCase which image of which case
 * @param image where the picture comes from
 * @param checkpoint what shall segment it
 * @param pixelSpacing millimetres per pixel where the sender knows them; wins over what the file says
 * @param window what of the picture's range is looked at; wins over what the file says, and gives way to a window of the checkpoint's own. Since v2
 * @param slice place in the stack, for cases whose images are slices of a volume
 * @param deadline when the answer becomes worthless; after it the job is answered by a dead letter
 * @param labels the sender's own words, handed through to nobody but the dead letter; at most {@value #MAX_LABELS}
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ImageJob(
        String jobId,
        @JsonProperty("case") CaseImage imagingCase,
        ImageSource image,
        CheckpointReference checkpoint,
        Optional<PixelSpacing> pixelSpacing,
        Optional<IntensityWindow> window,
        Optional<SlicePosition> slice,
        Optional<Instant> deadline,
        Map<String, String> labels) {

    /** Most labels of one job. */
    public static final int MAX_LABELS = 32;

    public ImageJob {
        Identifier.check("jobId", jobId);
        if (labels.size() > MAX_LABELS) {
            throw new IllegalArgumentException("labels must be at most " + MAX_LABELS + ", were " + labels.size());
        }
        labels = Collections.unmodifiableMap(new TreeMap<>(labels));
    }

    /** A job of v1. */
    public ImageJob(
            String jobId,
            CaseImage imagingCase,
            ImageSource image,
            CheckpointReference checkpoint,
            Optional<PixelSpacing> pixelSpacing,
            Optional<SlicePosition> slice,
            Optional<Instant> deadline,
            Map<String, String> labels) {
        this(jobId, imagingCase, image, checkpoint, pixelSpacing, Optional.empty(), slice, deadline, labels);
    }

    /** The oldest version that holds all that this job says, so that workers which know no newer one can do it. */
    MessageType version() {
        return window.isPresent() ? MessageType.IMAGE_JOB_V2 : MessageType.IMAGE_JOB;
    }

    /** The same job without bytes of the picture, for a dead letter. */
    public ImageJob withoutPixels() {
        return new ImageJob(
                jobId, imagingCase, image.withoutPixels(), checkpoint, pixelSpacing, window, slice, deadline, labels);
    }
}
