package org.lesionstream.schemas.message;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;
import org.lesionstream.schemas.checkpoint.CheckpointIdentity;
import org.lesionstream.schemas.checkpoint.CheckpointReference;

/**
 * The totals of a case under one checkpoint, published once per revision.
 *
 * @param caseId which case
 * @param reference the checkpoint as the jobs asked for it
 * @param checkpoint the checkpoint that made the masks; absent if no image has one
 * @param revision 1 for the first result; late images raise it
 * @param images how many images the case has
 * @param missing images, counted from 1, that have no mask: not come in time, or answered by a dead letter; ascending
 * @param complete whether every image has a mask
 * @param totals one entry per class, over the images that have a mask
 * @param lesionCount how many lesions there are in all
 * @param closingJobId the job whose outcome closed this revision, or the id of the control record that closed it when its time was up
 * @param deadLetters those of the missing images that were answered by a dead letter; ascending
 * @param closedByTime whether the time was up before the last image came
 * @param volume the lesions over all slices, where the images are slices of a volume
 * @param noVolume why there are none although the images are slices
 */
public record CaseResult(
        String caseId,
        CheckpointReference reference,
        Optional<CheckpointIdentity> checkpoint,
        int revision,
        int images,
        List<Integer> missing,
        boolean complete,
        List<ClassTotals> totals,
        int lesionCount,
        String closingJobId,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Integer> deadLetters,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean closedByTime,
        Optional<CaseVolume> volume,
        Optional<VolumeRefusal> noVolume) {

    public CaseResult {
        Identifier.check("caseId", caseId);
        Identifier.check("closingJobId", closingJobId);
        missing = List.copyOf(missing);
        totals = List.copyOf(totals);
        deadLetters = List.copyOf(deadLetters);
        if (revision < 1) {
            throw new IllegalArgumentException("revision must be at least 1, was " + revision);
        }
        if (images < 1) {
            throw new IllegalArgumentException("images must be at least 1, was " + images);
        }
        int before = 0;
        for (int image : missing) {
            if (image <= before || image > images) {
                throw new IllegalArgumentException(
                        "missing must ascend within 1 to " + images + ", held " + image + " after " + before);
            }
            before = image;
        }
        if (complete != missing.isEmpty()) {
            throw new IllegalArgumentException("complete must say whether none is missing, was " + complete);
        }
        if (checkpoint.isPresent() != missing.size() < images) {
            throw new IllegalArgumentException("checkpoint must be given if any image has a mask, was " + checkpoint
                    + " with " + missing + " missing");
        }
        if (!missing.containsAll(deadLetters)) {
            throw new IllegalArgumentException("deadLetters must be among the missing, were " + deadLetters);
        }
        if (volume.isPresent() && noVolume.isPresent()) {
            throw new IllegalArgumentException("noVolume must not be given beside a volume, was " + noVolume.get());
        }
        if (lesionCount < 0) {
            throw new IllegalArgumentException("lesionCount must not be negative, was " + lesionCount);
        }
    }
}
