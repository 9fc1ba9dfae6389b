package org.lesionstream.local.scale.check;

import java.nio.file.Path;
import java.util.Optional;
import org.lesionstream.local.Artifacts;

/**
 * How the simulation is compared with real workers.
 *
 * @param home root of the built project, where the packaged trainer and worker are found
 * @param out working folder, which is emptied first
 * @param jobs of the backlog; absent for what one worker does in two minutes
 * @param factor by which predicted and measured times may differ, either way
 * @param seed of phantoms, checkpoint and model
 */
public record CheckOptions(Path home, Path out, Optional<Integer> jobs, double factor, long seed) {

    /**
     * What differs without a mistake: the rate of a busy minute and the next one by up to 1.2, what shared cores and their caches take by up to 1.3,
     * and starts that take half as long again, of a third of the time, by up to 1.2; together 1.9.
     */
    public static final double USUAL_FACTOR = 2;

    static final int FEWEST_JOBS = 100;

    public CheckOptions {
        jobs.filter(wanted -> wanted < FEWEST_JOBS).ifPresent(few -> {
            throw new IllegalArgumentException("jobs must be at least " + FEWEST_JOBS + ", was " + few);
        });
        if (!(factor > 1 && Double.isFinite(factor))) {
            throw new IllegalArgumentException("factor must be above 1, was " + factor);
        }
    }

    Artifacts artifacts() {
        return new Artifacts(home);
    }

    /** That of {@code deploy/bench --small}, which need not be trained twice. */
    Path madeCheckpoints() {
        return home.resolve("deploy/local/target/bench-checkpoints");
    }
}
