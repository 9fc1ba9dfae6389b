package org.lesionstream.local.demo;

import java.util.List;
import org.lesionstream.schemas.image.LabelMask;
import org.lesionstream.schemas.message.SegmentationResult;

/**
 * One result beside the truth.
 *
 * @param dice agreement of the two masks, see {@link Dice}
 */
record ScoredImage(PlannedJob job, SegmentationResult result, LabelMask truth, LabelMask found, double dice) {

    static ScoredImage of(PlannedJob job, SegmentationResult result, LabelMask truth, LabelMask found) {
        return new ScoredImage(job, result, truth, found, Dice.of(truth, found));
    }

    /** Mean Dice of some images; 0 for none. */
    static double meanDice(List<ScoredImage> images) {
        return images.stream().mapToDouble(ScoredImage::dice).average().orElse(0);
    }
}
