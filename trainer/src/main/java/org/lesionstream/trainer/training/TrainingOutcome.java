package org.lesionstream.trainer.training;

import java.util.List;

/**
 * What a run came to.
 *
 * @param best the epoch whose weights the network now holds
 * @param curve every epoch in order
 */
public record TrainingOutcome(EpochReport best, List<EpochReport> curve) {

    public TrainingOutcome {
        curve = List.copyOf(curve);
    }
}
