package org.lesionstream.schemas.checkpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/**
 * Every movement of every alias of a checkpoint, oldest first; the last one of an alias is in force.
 *
 * <p>Immutable, and it only grows: the one way to change it is {@link #append}.
 *
 * @param changes oldest first
 */
public record AliasHistory(List<AliasChange> changes) {

    /** No alias was ever set. */
    public static final AliasHistory EMPTY = new AliasHistory(List.of());

    private static final JsonContract<AliasHistory> CONTRACT =
            new JsonContract<>(AliasHistory.class, "checkpoint-aliases.v1");

    public AliasHistory {
        changes = List.copyOf(changes);
    }

    /**
     * Reads {@code aliases.json}; a file that does not exist is an empty history.
     *
     * @throws ContractViolationException if it is not an alias file
     */
    @SuppressWarnings("UnusedException") // that there is no file says everything
    public static AliasHistory read(Path file) throws IOException {
        try {
            return parse(Files.readAllBytes(file));
        } catch (NoSuchFileException noneYet) {
            return EMPTY;
        }
    }

    /** Reads a history from JSON. */
    public static AliasHistory parse(byte[] json) {
        return CONTRACT.read(json);
    }

    /** This history and one movement more. */
    public AliasHistory append(AliasChange change) {
        List<AliasChange> longer = new ArrayList<>(changes);
        longer.add(change);
        return new AliasHistory(longer);
    }

    /** Version that each alias names now, by alias. */
    public Map<String, Integer> current() {
        Map<String, Integer> current = new TreeMap<>();
        changes.forEach(change -> current.put(change.alias(), change.version()));
        return Collections.unmodifiableMap(current);
    }

    /** Version that an alias names now; empty if it was never set. */
    public OptionalInt version(String alias) {
        return changes.stream()
                .filter(change -> change.alias().equals(alias))
                .mapToInt(AliasChange::version)
                .reduce((earlier, later) -> later);
    }

    /**
     * The movements that had been made by a moment, so that {@link #current} says what each alias named then. Clocks of two machines may disagree: a movement counts from its own time on, but never
     * before the one that it replaced.
     */
    public AliasHistory at(Instant moment) {
        Set<String> later = new HashSet<>();
        List<AliasChange> known = new ArrayList<>();
        for (AliasChange change : changes) {
            if (change.when().isAfter(moment)) {
                later.add(change.alias());
            } else if (!later.contains(change.alias())) {
                known.add(change);
            }
        }
        return new AliasHistory(known);
    }

    /** The movements of one alias alone. */
    public AliasHistory of(String alias) {
        return new AliasHistory(
                changes.stream().filter(change -> change.alias().equals(alias)).toList());
    }

    /**
     * Versions that an alias can be rolled back to, the nearest first.
     *
     * <p>A movement on is remembered, a rollback forgets what it went back over: after 1, 2, 3 a rollback leads to 2 and the next one to 1, not to 3
     * again. Naming the same version twice in a row is no movement.
     */
    public List<Integer> before(String alias) {
        Deque<Integer> named = new ArrayDeque<>(); // the present one first
        for (AliasChange change : of(alias).changes) {
            if (change.rollback() && named.contains(change.version())) {
                while (named.getFirst() != change.version()) {
                    named.pop();
                }
            } else if (named.isEmpty() || named.getFirst() != change.version()) {
                named.push(change.version());
            }
        }
        return named.stream().skip(1).toList();
    }

    /** The history as indented JSON. */
    public byte[] print() {
        return CONTRACT.writeIndented(this);
    }
}
