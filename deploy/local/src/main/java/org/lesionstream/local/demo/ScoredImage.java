package org.lesionstream.local.demo;

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
}
