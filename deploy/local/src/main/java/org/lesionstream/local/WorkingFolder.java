package org.lesionstream.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder that a command fills: what it holds from an earlier run is removed, what anybody else put there is not touched. */
public record WorkingFolder(Path path) {

    private static final String MARK = ".lesionstream-";

    /**
     * Makes the folder ready.
     *
     * @param owner the command, whose mark the folder carries
     * @throws IllegalArgumentException when it holds files and none of them says that the same command made it
     */
    public static WorkingFolder prepare(Path path, String owner) throws IOException {
        Path folder = path.toAbsolutePath().normalize();
        Files.createDirectories(folder);
        Path mark = folder.resolve(MARK + owner);
        if (Files.exists(mark)) {
            empty(folder);
        } else if (!isEmpty(folder)) {
            throw new IllegalArgumentException(
                    folder + " is not empty and was not made by " + owner + "; name another folder with --out");
        }
        Files.createFile(mark);
        Files.createDirectories(folder.resolve("logs"));
        return new WorkingFolder(folder);
    }

    public Path log(String name) {
        return path.resolve("logs").resolve(name + ".log");
    }

    public Path phantoms() {
        return path.resolve("phantoms");
    }

    public Path store() {
        return path.resolve("store");
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
