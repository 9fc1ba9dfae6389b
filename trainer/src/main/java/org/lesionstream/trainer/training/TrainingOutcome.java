package org.lesionstream.trainer.training;

import java.util.List;

/**
 * What a run came to.
 *
 * @param finished whether it reached its end; otherwise it was interrupted and kept
 * @param ending why it ended, in words
 * @param bestEpoch the epoch whose weights the network now holds, counted from 1: the best that may be kept, or the last if none may; 0 if no epoch was judged
 * @param curve every epoch in order
 */
public record TrainingOutcome(boolean finished, String ending, int bestEpoch, List<EpochReport> curve) {

    public TrainingOutcome {
        curve = List.copyOf(curve);
        if (bestEpoch < 0 || bestEpoch > curve.size()) {
            throw new IllegalArgumentException(
                    "bestEpoch must lie on the curve of %d epochs, was %d".formatted(curve.size(), bestEpoch));
        }
    }

    /** The epoch whose weights were kept, of a run that judged one. */
    public EpochReport best() {
        return curve.get(bestEpoch - 1);
    }
}
