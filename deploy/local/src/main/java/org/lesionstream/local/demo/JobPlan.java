package org.lesionstream.local.demo;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.lesionstream.local.traffic.JobLane;

/**
 * Which jobs the demo submits, in which order: a mixture of what a hospital sends and of what goes wrong.
 *
 * <ul>
 *   <li>Exactly one job of each bad kind, every other job good.
 *   <li>Every eighth case has two to five images, the others one; the first of these is a stack of slices that all show one picture; about every fourth case is urgent; every twelfth picture travels inline.
 *   <li>The order is shuffled, so the images of a case arrive among those of others. Equal seeds give equal plans.
 *   <li>Pictures are used in turn, and again from the first when there are fewer than jobs.
 * </ul>
 */
final class JobPlan {

    static final int FEWEST_JOBS = 20;

    private static final int FIRST_SERIES = 8;

    private static final List<JobKind> BAD_KINDS =
            List.of(JobKind.TRUNCATED, JobKind.UNKNOWN_CHECKPOINT, JobKind.INVALID_JSON, JobKind.BOMB);

    private final List<Picture> pictures;
    private final Random random;
    private final List<PlannedJob> jobs = new ArrayList<>();
    private int cases;

    private JobPlan(List<Picture> pictures, Random random) {
        this.pictures = pictures;
        this.random = random;
    }

    /** A plan of so many jobs. */
    static List<PlannedJob> of(List<Picture> pictures, int jobs, long seed) {
        if (jobs < FEWEST_JOBS) {
            throw new IllegalArgumentException("jobs must be at least " + FEWEST_JOBS + ", was " + jobs);
        }
        if (pictures.isEmpty()) {
            throw new IllegalArgumentException("pictures must not be empty");
        }
        return new JobPlan(pictures, new Random(seed)).make(jobs);
    }

    private List<PlannedJob> make(int count) {
        int good = count - BAD_KINDS.size();
        while (jobs.size() < good) {
            boolean series = cases % FIRST_SERIES == FIRST_SERIES - 1;
            addCase(Math.min(series ? 2 + random.nextInt(4) : 1, good - jobs.size()));
        }
        for (int i = 0; i < BAD_KINDS.size(); i++) {
            JobLane lane = i % 2 == 0 ? JobLane.URGENT : JobLane.BACKFILL;
            add("bad-" + (i + 1), 1, 1, lane, BAD_KINDS.get(i), false);
        }
        Collections.shuffle(jobs, random);
        return List.copyOf(jobs);
    }

    private void addCase(int images) {
        cases++;
        boolean stack = cases == FIRST_SERIES;
        JobLane lane = random.nextInt(4) == 0 ? JobLane.URGENT : JobLane.BACKFILL;
        for (int image = 1; image <= images; image++) {
            JobKind kind = jobs.size() % 12 == 11 ? JobKind.INLINE : JobKind.FILE;
            add("case-%03d".formatted(cases), image, images, lane, kind, stack);
        }
    }

    private void add(String caseId, int image, int images, JobLane lane, JobKind kind, boolean slice) {
        int before = slice ? image - 1 : 0; // every slice shows the picture of the first
        Picture picture = pictures.get((jobs.size() - before) % pictures.size());
        jobs.add(new PlannedJob(
                "job-%03d".formatted(jobs.size() + 1), caseId, image, images, lane, kind, picture, slice));
    }
}
