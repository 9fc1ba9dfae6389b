package org.lesionstream.trainer.registry;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.lesionstream.schemas.checkpoint.CheckpointLayout;
import org.lesionstream.schemas.checkpoint.CheckpointReference;

/**
 * A store in a folder, laid out as {@link CheckpointLayout} says.
 *
 * <ul>
 *   <li>A draft is forced to the disk and then moved to its number in one step, which needs no lock. What a crash leaves behind has a hidden name.
 *   <li>Journals are compared and replaced under a lock, which the system gives back if its holder dies. Readers take none.
 * </ul>
 */
final class FolderStorage implements CheckpointStorage {

    private static final Pattern VERSION = Pattern.compile("[1-9][0-9]{0,8}");
    private static final String DRAFT = ".publishing-";

    /** A file lock holds between processes only; this one holds between the threads of this process. */
    private static final Object ONE_THREAD = new Object();

    private final CheckpointLayout layout;

    FolderStorage(Path store) {
        this.layout = new CheckpointLayout(store);
    }

    @Override
    public List<String> names() throws IOException {
        if (!Files.isDirectory(layout.store())) {
            return List.of();
        }
        return DurableFiles.list(layout.store()).stream()
                .filter(Files::isDirectory)
                .map(home -> home.getFileName().toString())
                .filter(FolderStorage::isName)
                .toList();
    }

    /** What else lies beside checkpoints, such as {@code lost+found}, is none of them. */
    @SuppressWarnings("UnusedException") // that it is no name is the answer
    private static boolean isName(String folder) {
        try {
            CheckpointReference.checkName(folder);
            return true;
        } catch (IllegalArgumentException none) {
            return false;
        }
    }

    @Override
    public List<Integer> versions(String name) throws IOException {
        Path home = layout.nameFolder(name);
        if (!Files.isDirectory(home)) {
            return List.of();
        }
        return DurableFiles.list(home).stream()
                .map(folder -> folder.getFileName().toString())
                .filter(VERSION.asMatchPredicate())
                .map(Integer::valueOf)
                .sorted(Comparator.naturalOrder())
                .toList();
    }

    @Override
    public byte[] read(String name, int version, String file) throws IOException {
        return Files.readAllBytes(folder(name, version).resolve(file));
    }

    @Override
    public Path folder(String name, int version) {
        return layout.versionFolder(name, version);
    }

    @Override
    public void requireWritable(String name) throws IOException {
        try {
            Files.delete(draft(name));
        } catch (IOException e) {
            throw new IOException("cannot write to the store's folder " + layout.nameFolder(name), e);
        }
    }

    @Override
    public Path draft(String name) throws IOException {
        return Files.createTempDirectory(Files.createDirectories(layout.nameFolder(name)), DRAFT);
    }

    @Override
    public boolean put(String name, int version, Path draft) throws IOException {
        seal(draft);
        if (!moved(draft, folder(name, version))) {
            return false;
        }
        DurableFiles.force(layout.nameFolder(name));
        return true;
    }

    /** Makes every file read-only and durable. */
    private static void seal(Path folder) throws IOException {
        for (Path file : DurableFiles.list(folder)) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
            DurableFiles.force(file);
        }
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        DurableFiles.force(folder);
    }

    /** Whether the draft got the number; a folder that is there and not empty cannot be moved over. */
    private static boolean moved(Path draft, Path target) throws IOException {
        try {
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (FileSystemException refused) {
            if (Files.exists(target)) {
                return false; // somebody else was first
            }
            throw refused;
        }
    }

    @Override
    @SuppressWarnings("UnusedException") // that there is no file says everything
    public Optional<byte[]> journal(String name, Journal journal) throws IOException {
        try {
            return Optional.of(Files.readAllBytes(file(name, journal)));
        } catch (NoSuchFileException noneYet) {
            return Optional.empty();
        }
    }

    @Override
    public boolean replace(String name, Journal journal, Optional<byte[]> seen, byte[] next) throws IOException {
        Path lockFile = layout.nameFolder(name).resolve(journal == Journal.ALIASES ? ".aliases.lock" : ".notes.lock");
        synchronized (ONE_THREAD) {
            try (FileChannel channel =
                    FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                channel.lock(); // closing the channel gives it back
                Optional<byte[]> now = journal(name, journal);
                if (!Arrays.equals(seen.orElse(null), now.orElse(null))) {
                    return false;
                }
                DurableFiles.replace(file(name, journal), next);
                return true;
            }
        }
    }

    private Path file(String name, Journal journal) {
        return switch (journal) {
            case ALIASES -> layout.aliases(name);
            case NOTES -> layout.notes(name);
        };
    }
}
