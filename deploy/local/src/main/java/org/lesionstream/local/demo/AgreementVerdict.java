package org.lesionstream.local.demo;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Whether the worker stored what the trainer judged, as one line and as yes or no.
 *
 * @param asked how many pictures were streamed
 * @param lost answers that never came
 * @param duplicates answers that came twice
 * @param surprises answers that were not the expected ones, a sentence each
 * @param images every picture that has a stored mask
 * @param evaluatedMean mean Dice as {@code evaluate} says
 * @param checkpoint name and version of what made the masks
 * @param precision of the file that made them
 * @param sameCheckpoint whether both ran the version with the same digest
 */
record AgreementVerdict(
        int asked,
        int lost,
        int duplicates,
        List<String> surprises,
        List<ComparedImage> images,
        double evaluatedMean,
        String checkpoint,
        String precision,
        boolean sameCheckpoint) {

    AgreementVerdict {
        surprises = List.copyOf(surprises);
        images = List.copyOf(images);
    }

    boolean passed() {
        return complaints().isEmpty();
    }

    /** Why they do not agree; empty when they do. */
    List<String> complaints() {
        List<String> complaints = new ArrayList<>(surprises);
        if (lost > 0) {
            complaints.add(lost + " answers never came");
        }
        if (duplicates > 0) {
            complaints.add(duplicates + " answers came twice");
        }
        if (images.size() != asked) {
            complaints.add("only " + images.size() + " of " + asked + " pictures have a stored mask");
        }
        if (!sameCheckpoint) {
            complaints.add("evaluate judged a version of " + checkpoint + " with another digest than the worker ran");
        }
        images.stream()
                .filter(image -> !image.equalMasks())
                .max(Comparator.comparingInt(ComparedImage::pixels))
                .ifPresent(worst -> complaints.add((asked - equalMasks())
                        + " stored masks differ from those that evaluate judged, the most that of " + worst.name()
                        + ", in " + worst.pixels() + " pixels"));
        images.stream()
                .filter(image -> !image.equalDice())
                .max(Comparator.comparingDouble(image -> Math.abs(image.dice() - image.evaluatedDice())))
                .ifPresent(worst -> complaints.add(String.format(
                        Locale.ROOT,
                        "evaluate says another Dice than the stored masks, the farthest for %s, %.4f instead of %.4f",
                        worst.name(),
                        worst.evaluatedDice(),
                        worst.dice())));
        if (!ComparedImage.equalDice(meanDice(), evaluatedMean)) {
            complaints.add(String.format(
                    Locale.ROOT, "the mean Dice is %.4f, and %.4f for evaluate", meanDice(), evaluatedMean));
        }
        return complaints;
    }

    /** The machine-readable last line. */
    String line() {
        return String.format(
                Locale.ROOT,
                "agreement: images=%d equal-masks=%d dice=%.4f evaluate=%.4f checkpoint=%s precision=%s",
                asked,
                equalMasks(),
                meanDice(),
                evaluatedMean,
                checkpoint,
                precision);
    }

    private long equalMasks() {
        return images.stream().filter(ComparedImage::equalMasks).count();
    }

    private double meanDice() {
        return images.stream().mapToDouble(ComparedImage::dice).average().orElse(0);
    }
}
