package org.lesionstream.local.bench;

import java.util.List;
import java.util.Optional;
import org.lesionstream.local.sample.SamplePicture;
import org.lesionstream.local.sample.SamplePictures;
import org.lesionstream.schemas.checkpoint.CheckpointReference;

/**
 * What the jobs of a load ask for.
 *
 * @param checkpoints in turn
 * @param damaged a picture that one job in a hundred asks for, to be refused; absent where all are whole
 */
record Asked(List<CheckpointReference> checkpoints, Optional<SamplePicture> damaged) {

    private static final int ONE_IN = 100;

    static Asked inTurn(CheckpointReference... checkpoints) {
        return new Asked(List.of(checkpoints), Optional.empty());
    }

    Asked withDamaged(SamplePicture picture) {
        return new Asked(checkpoints, Optional.of(picture));
    }

    CheckpointReference checkpoint(int job) {
        return checkpoints.get(job % checkpoints.size());
    }

    boolean isDamaged(int job) {
        return damaged.isPresent() && job % ONE_IN == ONE_IN / 2;
    }

    SamplePicture picture(int job, SamplePictures whole) {
        return isDamaged(job) ? damaged.orElseThrow() : whole.of(job);
    }
}
