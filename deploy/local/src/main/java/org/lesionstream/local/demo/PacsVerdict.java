package org.lesionstream.local.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What came of a series that went from an archive through the worker and back.
 *
 * @param archive name and version
 * @param stored slices that the archive was given
 * @param images slices that were segmented
 * @param lesions of the volume
 * @param segmentations objects of that kind in the archive
 * @param reports objects of that kind in the archive
 * @param equal how many of these are, byte for byte, what the database gives
 * @param errors what a validator holds against them; absent where there is none on this machine
 * @param meanDice over the slices
 */
record PacsVerdict(
        String archive,
        int stored,
        int images,
        long lesions,
        int segmentations,
        int reports,
        int equal,
        Optional<List<String>> errors,
        double meanDice) {

    private static final double LEAST_DICE = 0.80;

    boolean passed() {
        return complaints().isEmpty();
    }

    List<String> complaints() {
        List<String> complaints = new ArrayList<>();
        if (images != stored) {
            complaints.add(images + " of " + stored + " slices were segmented");
        }
        if (segmentations != 1 || reports != 1) {
            complaints.add("one segmentation and one report belong into the archive");
        }
        if (equal != segmentations + reports) {
            complaints.add("an object in the archive is not what the database gives");
        }
        errors.ifPresent(complaints::addAll);
        if (!(meanDice >= LEAST_DICE)) {
            complaints.add(String.format(Locale.ROOT, "mean Dice %.4f is below %.2f", meanDice, LEAST_DICE));
        }
        return complaints;
    }

    /** The machine-readable last line. Dice is rounded down, so that it never looks better than it is. */
    String line() {
        return String.format(
                Locale.ROOT,
                "demo: pacs=%s study=%s instances=%d job=%s images=%d lesions=%d segmentations=%d reports=%d equal=%d dciodvfy errors=%s"
                        + " mean-dice=%.2f",
                archive,
                stored > 0 ? "stored" : "missing",
                stored,
                images == stored ? "done" : "incomplete",
                images,
                lesions,
                segmentations,
                reports,
                equal,
                errors.map(found -> String.valueOf(found.size())).orElse("not-installed"),
                Math.floor(meanDice * 100) / 100);
    }
}
