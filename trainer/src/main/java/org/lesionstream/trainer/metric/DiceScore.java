package org.lesionstream.trainer.metric;

/**
 * The Dice similarity coefficient {@code DSC = 2 tp / (2 tp + fp + fn)} (Dice 1945).
 *
 * <p>Two empty masks agree perfectly and score 1; so a picture without a lesion in which none is found does not pull a mean down.
 */
public final class DiceScore implements OverlapScore {

    @Override
    public double of(PixelCounts counts) {
        if (counts.bothEmpty()) {
            return 1;
        }
        return 2.0 * counts.both() / (2.0 * counts.both() + counts.predictedOnly() + counts.truthOnly());
    }
}
