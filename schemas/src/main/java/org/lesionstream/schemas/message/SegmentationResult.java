package org.lesionstream.schemas.message;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.lesionstream.schemas.checkpoint.CheckpointIdentity;
import org.lesionstream.schemas.image.PixelSpacing;
import org.lesionstream.schemas.lesion.LesionRules;
import org.lesionstream.schemas.lesion.LesionStatistics;

/**
 * What was found in one image, and by what.
 *
 * @param jobId the job that this answers
 * @param imagingCase which image of which case
 * @param checkpoint what made the mask
 * @param precision number format of the network, {@code fp32}, {@code bf16} or {@code fp16}
 * @param engine engine, its version and device, such as {@code pytorch-2.0.1 cpu}
 * @param image which picture
 * @param mask where the mask is
 * @param totals one entry per class of the checkpoint, found or not, by ascending label
 * @param lesions the largest lesions, at most {@value #MAX_LESIONS}, so that the message stays small; all are in the database
 * @param lesionCount how many lesions there are in all
 * @param timingsMillis milliseconds per stage, by name of the stage
 * @param attempt which try succeeded, counted from 1
 * @param pixelSpacing millimetres per pixel that the measures rest on; absent where unknown
 * @param lesionRules the lesion rules as they were applied, each in the one unit that it took; absent in results from before they were told
 */
public record SegmentationResult(
        String jobId,
        @JsonProperty("case") CaseImage imagingCase,
        CheckpointIdentity checkpoint,
        String precision,
        String engine,
        ImageIdentity image,
        MaskReference mask,
        List<ClassTotals> totals,
        List<LesionStatistics> lesions,
        int lesionCount,
        Map<String, Double> timingsMillis,
        int attempt,
        Optional<PixelSpacing> pixelSpacing,
        Optional<LesionRules> lesionRules) {

    /** Most lesions that a message lists. */
    public static final int MAX_LESIONS = 256;

    public SegmentationResult {
        Identifier.check("jobId", jobId);
        if (precision.isBlank() || engine.isBlank()) {
            throw new IllegalArgumentException("precision and engine must not be blank");
        }
        totals = List.copyOf(totals);
        lesions = List.copyOf(lesions);
        timingsMillis = Collections.unmodifiableMap(new TreeMap<>(timingsMillis));
        if (lesions.size() > MAX_LESIONS) {
            throw new IllegalArgumentException("lesions must be at most " + MAX_LESIONS + ", were " + lesions.size());
        }
        if (lesionCount < lesions.size()) {
            throw new IllegalArgumentException(
                    "lesionCount must cover the " + lesions.size() + " listed, was " + lesionCount);
        }
        timingsMillis.forEach((stage, millis) -> {
            if (!(millis >= 0 && Double.isFinite(millis))) {
                throw new IllegalArgumentException("timing of " + stage + " must not be negative, was " + millis);
            }
        });
        if (attempt < 1) {
            throw new IllegalArgumentException("attempt must be at least 1, was " + attempt);
        }
    }
}
