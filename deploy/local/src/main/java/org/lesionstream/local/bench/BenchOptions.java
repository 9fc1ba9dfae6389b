package org.lesionstream.local.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.lesionstream.local.Artifacts;
import org.lesionstream.local.sample.Scale;
import org.lesionstream.schemas.checkpoint.CheckpointReference;

/**
 * What shall be measured.
 *
 * @param home root of the built project, where the packaged trainer and worker are found
 * @param out working folder, which is emptied first
 * @param images pictures of one's own, searched in all folders below; absent for phantoms
 * @param own a checkpoint of one's own; absent for one that is trained a little here
 * @param scale of the checkpoint that is made here, and of the phantoms
 * @param jobs of the backfill
 * @param runs how often everything is measured, each time with a fresh broker, database and worker
 * @param precision as the worker's setting takes it
 * @param device where the worker computes
 * @param bareLoop how long the network runs alone
 * @param without stages that are replaced by stand-ins
 * @param loads whether latencies are measured beside the throughput
 * @param variants of the backlog that are measured too
 * @param settings more environment variables of the worker
 * @param json where the figures go as JSON
 * @param html where the figures go as a page
 * @param seed of phantoms, checkpoint and arrival times
 */
public record BenchOptions(
        Path home,
        Path out,
        Optional<Path> images,
        Optional<OwnCheckpoint> own,
        Scale scale,
        int jobs,
        int runs,
        String precision,
        String device,
        Duration bareLoop,
        Set<BenchStage> without,
        boolean loads,
        Set<Variant> variants,
        Map<String, String> settings,
        Optional<Path> json,
        Optional<Path> html,
        long seed) {

    static final int FEWEST_JOBS = 10;

    /** A checkpoint and the store that holds it. */
    public record OwnCheckpoint(CheckpointReference reference, Path store) {}

    public BenchOptions {
        without = Set.copyOf(without);
        settings = Map.copyOf(settings);
        if (jobs < FEWEST_JOBS) {
            throw new IllegalArgumentException("jobs must be at least " + FEWEST_JOBS + ", was " + jobs);
        }
        if (runs < 1) {
            throw new IllegalArgumentException("runs must be positive, was " + runs);
        }
        variants = Set.copyOf(variants);
        if (variants.contains(Variant.TWO_CHECKPOINTS) && own.isPresent()) {
            throw new IllegalArgumentException("two checkpoints are measured with those that the bench makes itself");
        }
        if (bareLoop.isNegative() || bareLoop.isZero()) {
            throw new IllegalArgumentException("bareLoop must be positive, was " + bareLoop);
        }
    }

    boolean answersArePublished() {
        return !without.contains(BenchStage.PUBLISH);
    }

    boolean networkRuns() {
        return !without.contains(BenchStage.INFERENCE);
    }

    Artifacts artifacts() {
        return new Artifacts(home);
    }

    /** Checkpoints made here stay, so that the next bench need not train again. */
    Path madeCheckpoints() {
        return home.resolve("deploy/local/target/bench-checkpoints");
    }
}
