package org.lesionstream.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Whole folders at once. Links are removed or listed, never followed. */
final class Folders {

    private Folders() {}

    /** Removes the folder and all that is in it; an absent folder is fine. */
    static void delete(Path folder) {
        try {
            if (!Files.exists(folder)) {
                return;
            }
            for (Path path : contents(folder)) {
                Files.delete(path);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("Cannot remove " + folder, failure);
        }
    }

    /** Everything in the folder and the folder itself, the deepest first. */
    static List<Path> contents(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.sorted(Comparator.reverseOrder()).toList();
        }
    }
}
