package org.lesionstream.local.torture;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.lesionstream.local.traffic.JobLane;
import org.lesionstream.schemas.checkpoint.CheckpointReference;
import org.lesionstream.schemas.message.CaseImage;
import org.lesionstream.schemas.message.JobExpansion;

/**
 * One message that is submitted.
 *
 * @param jobId twice in the plan for a message that comes twice
 * @param slice whether the image is a slice of a stack
 * @param picture which picture, by number
 */
record TortureJob(
        String jobId,
        Kind kind,
        CaseImage imagingCase,
        boolean slice,
        JobLane lane,
        CheckpointReference checkpoint,
        int picture) {

    /** What is wrong with it. */
    enum Kind {
        /** Nothing; it must end in a mask. */
        GOOD,
        /** Nothing either; the picture travels in the message. */
        INLINE,
        /** Nothing either; the file holds the picture several times, and the job goes on as one for each. */
        MANY_IMAGES,
        /** There is no such file. */
        MISSING_FILE,
        /** The file ends in the middle. */
        TRUNCATED_FILE,
        /** It asks for a version whose file is damaged, or that is not there yet. */
        BAD_CHECKPOINT,
        /** No JSON. */
        UNREADABLE;

        /** How such a job must end, as the database says it. */
        String deserved() {
            return switch (this) {
                case GOOD, INLINE -> "segmented";
                case MANY_IMAGES -> "expanded";
                case MISSING_FILE, TRUNCATED_FILE, BAD_CHECKPOINT, UNREADABLE -> "dead_letter";
            };
        }
    }

    static final String CHECKPOINT = "torture";
    static final String ALIAS = "production";
    static final int TRUNCATED_VERSION = 3;
    /** How often a file holds its picture that holds it several times. */
    static final int PAGES = 3;

    /** How the ids of jobs begin that are done when all faults are over. */
    static final String REFERENCE = "reference-";

    private static final CheckpointReference MOVING = new CheckpointReference.ByAlias(CHECKPOINT, ALIAS);
    private static final CheckpointReference FIXED = new CheckpointReference.ByVersion(CHECKPOINT, 1);
    private static final CheckpointReference BAD = new CheckpointReference.ByVersion(CHECKPOINT, TRUNCATED_VERSION);
    private static final List<Kind> BAD_KINDS =
            List.of(Kind.MISSING_FILE, Kind.TRUNCATED_FILE, Kind.BAD_CHECKPOINT, Kind.UNREADABLE);

    /**
     * A plan of so many jobs, and some of them twice: cases of one to six images that arrive mixed up, stacks of slices among them, and files that hold
     * several images; 3 % bad;
     * every tenth message comes again. Equal seeds give equal plans.
     */
    static List<TortureJob> plan(int jobs, int pictures, long seed) {
        Random random = new Random(seed);
        List<TortureJob> plan = new ArrayList<>();
        int cases = 0;
        while (plan.size() < jobs) {
            cases++;
            int images = Math.min(random.nextInt(3) == 0 ? 2 + random.nextInt(5) : 1, jobs - plan.size());
            boolean stack = images > 1 && random.nextBoolean();
            JobLane lane = random.nextInt(4) == 0 ? JobLane.URGENT : JobLane.BACKFILL;
            CheckpointReference wanted = random.nextInt(5) == 0 ? FIXED : MOVING;
            int picture = random.nextInt(pictures); // the slices of a stack all show one
            for (int image = 1; image <= images; image++) {
                String jobId = "job-%05d".formatted(plan.size() + 1);
                Kind kind = kind(random, images == 1);
                plan.add(new TortureJob(
                        jobId,
                        kind,
                        new CaseImage("case-%05d".formatted(cases), image, images),
                        stack,
                        lane,
                        kind == Kind.BAD_CHECKPOINT ? BAD : wanted,
                        stack ? picture : random.nextInt(pictures)));
            }
        }
        List<TortureJob> messages = new ArrayList<>(plan);
        plan.stream()
                .filter(job -> job.kind() != Kind.UNREADABLE && random.nextInt(10) == 0)
                .forEach(messages::add);
        Collections.shuffle(messages, random);
        return List.copyOf(messages);
    }

    /** The jobs that it goes on as; none unless its file holds many images. */
    List<TortureJob> children() {
        if (kind != Kind.MANY_IMAGES) {
            return List.of();
        }
        return IntStream.rangeClosed(1, PAGES)
                .mapToObj(image -> new TortureJob(
                        JobExpansion.childId(jobId, image),
                        Kind.GOOD,
                        new CaseImage(imagingCase.id(), image, PAGES),
                        false,
                        lane,
                        checkpoint,
                        picture))
                .toList();
    }

    private static Kind kind(Random random, boolean single) {
        if (random.nextInt(100) < 3) {
            // Without a readable case or with another checkpoint an image would leave its case waiting.
            return BAD_KINDS.get(random.nextInt(single ? BAD_KINDS.size() : 2));
        }
        if (single && random.nextInt(20) == 0) {
            return Kind.MANY_IMAGES;
        }
        return random.nextInt(8) == 0 ? Kind.INLINE : Kind.GOOD;
    }
}
