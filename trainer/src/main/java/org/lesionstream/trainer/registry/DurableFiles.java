package org.lesionstream.trainer.registry;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Writing so that a reader, or whoever comes after a power failure, sees the old state or the new one and nothing between. */
public final class DurableFiles {

    private DurableFiles() {}

    /** What lies directly in a folder, by name. */
    static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList();
        }
    }

    /** Returns when the content of a file, or the entries of a folder, are on the disk. */
    public static void force(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Puts new content in the place of a file, in one step. */
    public static void replace(Path file, byte[] content) throws IOException {
        Path written = Files.createTempFile(file.getParent(), ".replacing-", "");
        try {
            Files.write(written, content);
            // Everybody who may read the folder may read the file, as if it had been made without the detour.
            Files.setPosixFilePermissions(written, PosixFilePermissions.fromString("rw-r--r--"));
            force(written);
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(written);
        }
        force(file.getParent());
    }

    /** Removes a folder with everything in it. */
    static void deleteTree(Path folder) throws IOException {
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
