package org.lesionstream.schemas.message;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;

/**
 * The lesions of one class in a volume taken together.
 *
 * @param label value of the class in the masks, at least 1
 * @param name name of the class in the checkpoint
 * @param lesions how many lesions
 * @param voxels their voxels
 * @param volumeCubicMillimetres their volume; absent without a known pixel spacing
 * @param largestVoxels voxels of the largest lesion, 0 if there is none
 * @param longestDiameterMillimetres longest 3-D diameter of any lesion; absent without a known pixel spacing, or without a lesion
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record VolumeTotals(
        int label,
        String name,
        int lesions,
        long voxels,
        Optional<Double> volumeCubicMillimetres,
        long largestVoxels,
        Optional<Double> longestDiameterMillimetres) {

    public VolumeTotals {
        if (label < 1 || label > 255) {
            throw new IllegalArgumentException("label must be from 1 to 255, was " + label);
        }
        if (name.isBlank()) {
            throw new IllegalArgumentException("name must not be blank");
        }
        if (lesions < 0 || voxels < lesions || largestVoxels < 0 || largestVoxels > voxels) {
            throw new IllegalArgumentException("voxels must be at least one per lesion and cover the largest, was "
                    + voxels + " for " + lesions + " lesions with at most " + largestVoxels);
        }
    }
}
