package org.lesionstream.local.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What came of the demo, as one line and as yes or no.
 *
 * @param unexpected jobs that ended otherwise than they had to, and messages that nobody asked for
 * @param meanDice over the jobs that ended in a mask; 0 where none did
 * @param leastDice what {@code meanDice} must reach
 */
record Verdict(
        int jobs,
        int results,
        int deadLetters,
        int lost,
        int duplicates,
        int unexpected,
        int cases,
        double meanDice,
        double leastDice,
        double imagesPerSecond,
        String worker,
        String checkpoint) {

    boolean passed() {
        return complaints().isEmpty();
    }

    /** Why it has not passed; empty when it has. */
    List<String> complaints() {
        List<String> complaints = new ArrayList<>();
        if (lost > 0) {
            complaints.add(lost + " answers never came");
        }
        if (duplicates > 0) {
            complaints.add(duplicates + " answers came twice");
        }
        if (unexpected > 0) {
            complaints.add(unexpected + " answers were not the expected ones");
        }
        if (!(meanDice >= leastDice)) {
            complaints.add(String.format(Locale.ROOT, "mean Dice %.4f is below %.2f", meanDice, leastDice));
        }
        return complaints;
    }

    /** The machine-readable last line of the demo. Dice is rounded down, so that it never looks better than it is. */
    String line() {
        return String.format(
                Locale.ROOT,
                "demo: jobs=%d results=%d dead-letters=%d lost=%d duplicates=%d cases=%d mean-dice=%.2f images-per-second=%s"
                        + " worker=%s checkpoint=%s",
                jobs,
                results,
                deadLetters,
                lost,
                duplicates,
                cases,
                Math.floor(meanDice * 100) / 100,
                imagesPerSecond < 10
                        ? String.format(Locale.ROOT, "%.1f", imagesPerSecond)
                        : String.valueOf(Math.round(imagesPerSecond)),
                worker,
                checkpoint);
    }
}
