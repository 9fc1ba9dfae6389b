package org.lesionstream.worker.backfill;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * All pictures below a folder, each a case of its own, in the order of their names, a folder's content where its name stands.
 *
 * <ul>
 *   <li>A picture is a file whose name ends as the names of pictures do that workers decode; hidden ones are passed over.
 *   <li>Links to files are followed, links to folders are not, so the walk ends.
 *   <li>A folder that cannot be read costs only itself.
 *   <li>Memory is bounded by the window of every folder on the way down.
 * </ul>
 */
public final class FolderSource implements EntrySource {
    private static final int WINDOW = 50_000;

    private final JobMaker jobs;
    private final int window;
    private final Deque<FolderWindow> open = new ArrayDeque<>();
    private long number;

    FolderSource(Path folder, JobMaker jobs, int window) {
        this.jobs = jobs;
        this.window = window;
        open.push(new FolderWindow(folder, window));
    }

    /**
     * Begins a walk.
     *
     * @throws IOException if it is no folder that can be read
     */
    public static FolderSource open(Path folder, JobMaker jobs) throws IOException {
        Path real = folder.toRealPath();
        if (!Files.isDirectory(real)) {
            throw new NotDirectoryException(real.toString());
        }
        if (!Files.isReadable(real)) { // now, and not as the first refused entry
            throw new AccessDeniedException(real.toString());
        }
        return new FolderSource(real, jobs, WINDOW);
    }

    /**
     * Counts the pictures.
     *
     * @throws IOException if the folder itself cannot be read
     */
    public static long count(Path folder) throws IOException {
        Counter counter = new Counter();
        Files.walkFileTree(folder.toRealPath(), counter);
        return counter.pictures;
    }

    @Override
    public Optional<SourceLine> next() {
        while (!open.isEmpty()) {
            try {
                Optional<Path> child = open.element().next();
                if (child.isEmpty()) {
                    open.pop();
                } else if (Files.isDirectory(child.get(), LinkOption.NOFOLLOW_LINKS)) {
                    if (!hidden(child.get())) {
                        open.push(new FolderWindow(child.get(), window));
                    }
                } else if (isPicture(child.get()) && Files.isRegularFile(child.get())) {
                    return Optional.of(jobs.job(++number, Entry.at(Location.of(child.get()))));
                }
            } catch (IOException e) {
                open.pop();
                return Optional.of(new SourceLine.Refused(
                        ++number,
                        "here begins a folder that cannot be read ("
                                + e.getClass().getSimpleName() + "); find DIR -type d ! -readable names it"));
            }
        }
        return Optional.empty();
    }

    private static boolean isPicture(Path file) {
        return PictureNames.isPicture(file.getFileName().toString());
    }

    private static boolean hidden(Path file) {
        return file.getFileName().toString().startsWith(".");
    }

    @Override
    public void close() {
        open.clear();
    }

    /** The same choice as the walk's, in any order. */
    private static final class Counter extends SimpleFileVisitor<Path> {
        private long pictures;
        private boolean below;

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            boolean skipped = below && hidden(folder);
            below = true;
            return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            boolean regular = attributes.isRegularFile() || (attributes.isSymbolicLink() && Files.isRegularFile(file));
            pictures += regular && isPicture(file) ? 1 : 0;
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path folder, IOException unreadable) {
            pictures++; // the walk refuses it as one entry
            return FileVisitResult.CONTINUE;
        }
    }
}
