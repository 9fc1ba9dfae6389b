package org.lesionstream.local.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The folder that the demo fills: what it holds from an earlier demo is removed, what anybody else put there is not touched. */
record WorkingFolder(Path path) {

    private static final String MARK = ".lesionstream-demo";

    /**
     * Makes the folder ready.
     *
     * @throws IllegalArgumentException when it holds files and none of them says that a demo made it
     */
    static WorkingFolder prepare(Path path) throws IOException {
        Path folder = path.toAbsolutePath().normalize();
        Files.createDirectories(folder);
        Path mark = folder.resolve(MARK);
        if (Files.exists(mark)) {
            empty(folder);
        } else if (!isEmpty(folder)) {
            throw new IllegalArgumentException(
                    folder + " is not empty and was not made by a demo; name another folder with --out");
        }
        Files.createFile(mark);
        Files.createDirectories(folder.resolve("logs"));
        return new WorkingFolder(folder);
    }

    Path log(String name) {
        return path.resolve("logs").resolve(name + ".log");
    }

    Path phantoms() {
        return path.resolve("phantoms");
    }

    Path store() {
        return path.resolve("store");
    }

    Path badPictures() {
        return path.resolve("bad-pictures");
    }

    Path report() {
        return path.resolve("demo-report.html");
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }

    private static void empty(Path folder) throws IOException {
        List<Path> contents;
        try (Stream<Path> paths = Files.walk(folder)) {
            contents = paths.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : contents) {
            if (!path.equals(folder)) {
                Files.delete(path);
            }
        }
    }
}
