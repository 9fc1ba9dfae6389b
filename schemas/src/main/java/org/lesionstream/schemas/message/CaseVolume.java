package org.lesionstream.schemas.message;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;
import org.lesionstream.schemas.lesion.LesionRules;
import org.lesionstream.schemas.lesion.VolumeLesion;

/**
 * The lesions of a case whose images are slices of a volume, joined over the slices.
 *
 * @param sliceSpacingMillimetres from the centre of one slice to the next
 * @param voxelCubicMillimetres volume of one voxel; absent without a known pixel spacing
 * @param rules the lesion rules as they were applied to the volume
 * @param totals one entry per class of the checkpoint, found or not, by ascending label
 * @param lesions the largest lesions, at most {@value SegmentationResult#MAX_LESIONS}; all are in the database
 * @param lesionCount how many lesions there are in all
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record CaseVolume(
        double sliceSpacingMillimetres,
        Optional<Double> voxelCubicMillimetres,
        LesionRules rules,
        List<VolumeTotals> totals,
        List<VolumeLesion> lesions,
        int lesionCount) {

    public CaseVolume {
        totals = List.copyOf(totals);
        lesions = List.copyOf(lesions);
        if (!(sliceSpacingMillimetres > 0)) {
            throw new IllegalArgumentException(
                    "sliceSpacingMillimetres must be positive, was " + sliceSpacingMillimetres);
        }
        if (lesions.size() > SegmentationResult.MAX_LESIONS || lesionCount < lesions.size()) {
            throw new IllegalArgumentException("lesions must be at most " + SegmentationResult.MAX_LESIONS
                    + " and lesionCount cover them, were " + lesions.size() + " of " + lesionCount);
        }
    }
}
