package org.lesionstream.schemas.checkpoint;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which network a checkpoint holds; for people and for the trainer, since the graph needs no description to run.
 *
 * @param name such as {@code unet-same}
 * @param options such as {@code base} to {@code 16}
 */
public record NetworkDescription(String name, Map<String, String> options) {
    public NetworkDescription {
        if (name.isBlank()) {
            throw new IllegalArgumentException("name must not be blank");
        }
        options = Collections.unmodifiableMap(new TreeMap<>(options));
    }
}
