package org.lesionstream.worker.backfill;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The children of one folder in the order of their names, of which only a window is in memory.
 *
 * <p>A file system lists a folder in an order of its own. So the folder is read again for every window, and the smallest names beyond
 * the last one are kept: a million names take twenty readings and the memory of fifty thousand. Names that come or go meanwhile do
 * no harm. Confined to one thread.
 */
final class FolderWindow {
    private final Path folder;
    private final int size;
    private final TreeSet<Path> names = new TreeSet<>();
    private Optional<Path> last = Optional.empty();
    private boolean whole;

    /** @param size most names in memory */
    FolderWindow(Path folder, int size) {
        if (size < 1) {
            throw new IllegalArgumentException("size must be positive, was " + size);
        }
        this.folder = folder;
        this.size = size;
    }

    /** The next child, a file or a folder; empty at the end. */
    Optional<Path> next() throws IOException {
        if (names.isEmpty() && !whole) {
            fill();
        }
        Optional<Path> name = Optional.ofNullable(names.pollFirst());
        last = name.or(() -> last);
        return name.map(folder::resolve);
    }

    private void fill() throws IOException {
        whole = true;
        try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
            for (Path child : children) {
                Path name = child.getFileName();
                if (last.isEmpty() || name.compareTo(last.get()) > 0) {
                    names.add(name);
                }
                if (names.size() > size) {
                    names.pollLast();
                    whole = false;
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }
}
