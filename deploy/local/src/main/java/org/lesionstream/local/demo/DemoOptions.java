package org.lesionstream.local.demo;

import java.nio.file.Path;
import java.util.Optional;
import org.lesionstream.local.Artifacts;

/**
 * What the demo shall do.
 *
 * @param home root of the built project, where the packaged trainer and worker are found
 * @param out working folder, which is emptied first
 * @param pictures pictures of one's own; absent for phantoms
 * @param network network to train, as the trainer names it
 * @param jobs how many jobs to submit, the bad ones included
 * @param minutes longest time for training
 * @param device where the worker computes, {@code cpu} or {@code cuda}
 * @param seed of phantoms, training and plan
 * @param keep whether everything stays up until the demo is interrupted
 */
public record DemoOptions(
        Path home,
        Path out,
        Optional<PictureSource> pictures,
        String network,
        int jobs,
        double minutes,
        String device,
        long seed,
        boolean keep) {

    /** Phantoms are easy: a network that has understood them is above this. */
    private static final double LEAST_DICE_ON_PHANTOMS = 0.90;

    private static final double LEAST_DICE_ON_PICTURES = 0.80;

    /** Folders of pictures and of masks, each with {@code train} and {@code val} in it. */
    public record PictureSource(Path images, Path masks) {}

    public DemoOptions {
        if (jobs < JobPlan.FEWEST_JOBS) {
            throw new IllegalArgumentException("jobs must be at least " + JobPlan.FEWEST_JOBS + ", was " + jobs);
        }
        if (!(minutes > 0)) {
            throw new IllegalArgumentException("minutes must be positive, was " + minutes);
        }
    }

    /** The mean Dice that the masks must reach. */
    double leastDice() {
        return pictures.isPresent() ? LEAST_DICE_ON_PICTURES : LEAST_DICE_ON_PHANTOMS;
    }

    Artifacts artifacts() {
        return new Artifacts(home);
    }
}
