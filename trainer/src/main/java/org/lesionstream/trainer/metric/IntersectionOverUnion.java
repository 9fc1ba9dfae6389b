package org.lesionstream.trainer.metric;

/** The Jaccard index {@code IoU = tp / (tp + fp + fn)}; two empty masks score 1. Related to Dice by {@code IoU = DSC / (2 - DSC)}. */
public final class IntersectionOverUnion implements OverlapScore {

    @Override
    public double of(PixelCounts counts) {
        if (counts.bothEmpty()) {
            return 1;
        }
        return (double) counts.both() / (counts.both() + counts.predictedOnly() + counts.truthOnly());
    }
}
