package org.lesionstream.worker.command;

import java.util.LinkedHashSet;
import java.util.Set;

/** Tells repeated ids from new ones; remembers the last {@code capacity} ids and forgets the oldest first. */
final class SeenIds {
    private final int capacity;
    private final Set<String> ids = new LinkedHashSet<>();

    SeenIds(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity must be positive, was " + capacity);
        }
        this.capacity = capacity;
    }

    /** Returns whether the id was not there yet. */
    boolean add(String id) {
        if (!ids.add(id)) {
            return false;
        }
        if (ids.size() > capacity) {
            ids.remove(ids.iterator().next());
        }
        return true;
    }
}
