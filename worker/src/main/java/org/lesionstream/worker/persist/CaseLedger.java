package org.lesionstream.worker.persist;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Counts the images of one case, and says when the case is complete.
 *
 * <ul>
 *   <li>An image counts once, whichever and however many jobs ask for it.
 *   <li>A mask beats a dead letter, whichever came first: a second job may mend what the first could not do. Between masks
 *       the first one stays.
 *   <li>A job whose source holds many images speaks for none of them. The case has as many images from then on as that source.
 *   <li>The case is complete whenever every image has an outcome. Each saved list of outcomes that changes the case and
 *       leaves it complete makes one revision; so late images make another.
 *   <li>A case whose time is up is closed with what it has, unless the same list completes it. That is one revision too; it
 *       is not made again when the same closing is asked for twice, nor when the case went on since it was asked for.
 *   <li>Confined to one thread, which holds the lock of the case's row.
 * </ul>
 */
final class CaseLedger {

    /** The best that is known of one image, in rising order. */
    enum ImageState {
        OPEN,
        DEAD,
        SEGMENTED;

        static ImageState after(OutcomeKind kind) {
            return switch (kind) {
                case SEGMENTED -> SEGMENTED;
                case DEAD_LETTER -> DEAD;
                case EXPANDED -> OPEN;
            };
        }
    }

    /** What is known of an image, and the job whose outcome says so. */
    record Spoken(ImageState state, String jobId) {}

    private final int revision;
    private final Map<Integer, Spoken> known;
    private final Map<Integer, ImageState> states = new HashMap<>();
    private final Map<Integer, String> speakers = new TreeMap<>();
    private int images;
    private int finished;
    private boolean expanded;
    private Optional<String> lastChange = Optional.empty();
    private Optional<String> timeout = Optional.empty();

    /**
     * @param images how many images the case has
     * @param finished how many of them have an outcome
     * @param revision how many results the case has had
     * @param known those images that will be recorded; what is not in here is open
     */
    CaseLedger(int images, int finished, int revision, Map<Integer, Spoken> known) {
        this.images = images;
        this.finished = finished;
        this.revision = revision;
        this.known = Map.copyOf(known);
        known.forEach((image, spoken) -> states.put(image, spoken.state()));
    }

    /**
     * Takes into account that a job went on as many, before any outcome of the same list is recorded.
     *
     * @param image the image that the job named; open again if it was the job's own dead letter that spoke for it
     * @param children how many images its source holds
     */
    void expand(String jobId, int image, int children) {
        Spoken before = known.get(image);
        if (before != null && before.jobId().equals(jobId)) {
            states.remove(image);
            finished--;
        }
        images = Math.max(images, children);
        expanded = true;
    }

    /** Takes a really stored outcome into account. */
    void record(String jobId, int image, OutcomeKind kind) {
        requireNonNull(jobId, "jobId");
        ImageState before = states.getOrDefault(image, ImageState.OPEN);
        ImageState after = ImageState.after(kind);
        if (after.compareTo(before) <= 0) {
            return;
        }
        states.put(image, after);
        if (before == ImageState.OPEN) {
            finished++;
        }
        speakers.put(image, jobId);
        lastChange = Optional.of(jobId);
    }

    /**
     * The time of the case is up.
     *
     * @param controlId who asks for the closing
     * @param wanted the revision that it shall make
     */
    void timeUp(String controlId, int wanted) {
        if (wanted == revision + 1) {
            timeout = Optional.of(controlId);
        }
    }

    /** The jobs that speak for their image from now on, by image; whichever job spoke for it before no longer does. */
    Map<Integer, String> speakers() {
        return Collections.unmodifiableMap(speakers);
    }

    /** Whether another job spoke for the image before this list. */
    boolean spokenFor(int image) {
        return known.containsKey(image);
    }

    int images() {
        return images;
    }

    int finished() {
        return finished;
    }

    boolean changed() {
        return expanded || lastChange.isPresent() || closing().isPresent();
    }

    /** The revision that is due now; empty while images are missing and there is time, or nothing changed. */
    Optional<Closing> closing() {
        return finished >= images
                ? lastChange.map(jobId -> new Closing(revision + 1, jobId, false))
                : timeout.map(controlId -> new Closing(revision + 1, controlId, true));
    }

    /**
     * A closed revision.
     *
     * @param jobId the job whose outcome completed it, or the control record that closed it; its answer carries the case result
     * @param byTime whether the time was up before the last image came
     */
    record Closing(int revision, String jobId, boolean byTime) {}
}
