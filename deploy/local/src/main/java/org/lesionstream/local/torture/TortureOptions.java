package org.lesionstream.local.torture;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.lesionstream.local.Artifacts;

/**
 * What shall be survived.
 *
 * @param home root of the built project, where the packaged trainer is found
 * @param builds the packaged worker, which may be another build, or several builds that share the work; the first one makes the topics
 *     and migrates the database
 * @param out working folder, which is emptied first
 * @param jobs distinct jobs, at least 10
 * @param faults none for a run that must pass in any case
 * @param kinds which faults there may be
 * @param seed of jobs and schedule; the same seed gives the same
 * @param intake how the workers share the jobs
 */
public record TortureOptions(
        Path home, List<Path> builds, Path out, int jobs, int faults, Set<FaultKind> kinds, long seed, Intake intake) {

    private static final int FEWEST_JOBS = 10;

    public TortureOptions {
        if (jobs < FEWEST_JOBS) {
            throw new IllegalArgumentException("jobs must be at least " + FEWEST_JOBS + ", was " + jobs);
        }
        builds = List.copyOf(builds);
        if (builds.isEmpty()) {
            throw new IllegalArgumentException("builds must not be empty");
        }
        kinds = Set.copyOf(kinds);
        if (kinds.isEmpty()) {
            throw new IllegalArgumentException("kinds must not be empty");
        }
        if (faults < 0) {
            throw new IllegalArgumentException("faults must not be negative, was " + faults);
        }
    }

    Artifacts artifacts() {
        return new Artifacts(home);
    }

    /** The options that make the same run again. */
    String repeat() {
        String only = kinds.size() == FaultKind.values().length
                ? ""
                : " --only " + kinds.stream().map(FaultKind::word).sorted().collect(Collectors.joining(","));
        String sharing = intake == Intake.SHARE_GROUP ? " --intake " + intake.word() : "";
        return "--jobs " + jobs + " --faults " + faults + only + " --seed " + seed + sharing;
    }

    /** Checkpoints made here stay, so that the next torture need not train again. */
    Path madeCheckpoints() {
        return home.resolve("deploy/local/target/torture-checkpoints");
    }
}
