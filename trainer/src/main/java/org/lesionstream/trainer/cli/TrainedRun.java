package org.lesionstream.trainer.cli;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a run came to that trained and published one network.
 *
 * @param seed of weights, order and augmentation
 * @param version under which it was published
 * @param epoch whose weights were kept
 * @param dice of the exported file by split, the one first by which that epoch was chosen
 */
record TrainedRun(long seed, int version, int epoch, Map<String, Double> dice) {

    TrainedRun {
        dice = Collections.unmodifiableMap(new LinkedHashMap<>(dice));
    }

    /** In one line for people and programs. */
    String line(String name) {
        String scores = dice.entrySet().stream()
                .map(split -> String.format(Locale.ROOT, "%s-dice=%.4f", split.getKey(), split.getValue()))
                .collect(Collectors.joining(" "));
        return "run seed=%d checkpoint=%s@%d epoch=%d %s".formatted(seed, name, version, epoch, scores);
    }
}
