package org.lesionstream.worker.persist;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * What cases, jobs and lesions have in common when they are asked for; what is empty does not matter.
 *
 * <p>Class and sizes are asked of one and the same lesion: a class and a least area mean a lesion of this class that is so large.
 *
 * @param topic topic of the jobs, which tells the lane
 * @param className name of a class, or its label in digits, of which something was found
 * @param checkpoint what did it
 * @param from first moment: of the registration of a case, of the outcome of a job
 * @param until first moment that is too late
 * @param leastArea square millimetres of a lesion in one image; lesions of unknown size are not found
 * @param leastVolume cubic millimetres of a lesion in the latest volume of the case
 */
public record FindingFilter(
        Optional<String> topic,
        Optional<String> className,
        Optional<CheckpointChoice> checkpoint,
        Optional<Instant> from,
        Optional<Instant> until,
        Optional<Double> leastArea,
        Optional<Double> leastVolume) {

    /** Everything. */
    public static final FindingFilter ANY = new FindingFilter(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    public FindingFilter {
        requireNonNull(topic, "topic");
        requireNonNull(className, "className");
        requireNonNull(checkpoint, "checkpoint");
        requireNonNull(from, "from");
        requireNonNull(until, "until");
        leastArea.ifPresent(area -> notNegative("leastArea", area));
        leastVolume.ifPresent(volume -> notNegative("leastVolume", volume));
    }

    private static void notNegative(String name, double value) {
        if (!(value >= 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(name + " must be finite and not negative, was " + value);
        }
    }
}
