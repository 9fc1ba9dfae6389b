package org.lesionstream.local.torture;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the checker found wrong. No finding, no objection: only what was looked at is proven. */
final class Findings {

    /** The ways to break the promise. */
    enum Harm {
        /** Something that must be there is not. */
        LOST,
        /** Something is there more often than asked for. */
        DUPLICATE,
        /** Something is there and is not what it must be. */
        CORRUPT
    }

    private final Map<Harm, List<String>> byHarm = new EnumMap<>(Harm.class);
    private int repeated;

    void lost(String text) {
        add(Harm.LOST, text);
    }

    void duplicate(String text) {
        add(Harm.DUPLICATE, text);
    }

    void corrupt(String text) {
        add(Harm.CORRUPT, text);
    }

    /** So many publications came again where the promise allows it. */
    void repeated(int publications) {
        repeated += publications;
    }

    int repeated() {
        return repeated;
    }

    int count(Harm harm) {
        return byHarm.getOrDefault(harm, List.of()).size();
    }

    boolean none() {
        return byHarm.isEmpty();
    }

    /** Every finding in words, those of one kind together. */
    List<String> texts() {
        return byHarm.values().stream().flatMap(List::stream).toList();
    }

    private void add(Harm harm, String text) {
        byHarm.computeIfAbsent(harm, first -> new ArrayList<>())
                .add(harm.name().toLowerCase(Locale.ROOT) + ": " + text);
    }
}
