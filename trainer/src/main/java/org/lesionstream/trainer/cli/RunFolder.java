package org.lesionstream.trainer.cli;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.lesionstream.trainer.recipe.Recipe;
import org.lesionstream.trainer.recipe.RecipeFile;
import org.lesionstream.trainer.recipe.Setting;
import org.lesionstream.trainer.registry.DurableFiles;
import org.lesionstream.trainer.training.RunFile;
import org.lesionstream.trainer.training.RunKeeper;

/**
 * The folder of a run that is under way: {@code STORE/.runs/NAME/} with the state to resume from, the recipe, the curve and the page to watch it by. Of one
 * of several runs that was published it holds what it came to, until all are done.
 *
 * <ul>
 *   <li>One process at a time: the folder is locked while it is open, and the lock goes with the process however it ends.
 *   <li>A run is resumed under the recipe and the data it was begun with, or not at all; only the limits of time, epochs and Dice may change, and of a
 *       run that was published not even these.
 * </ul>
 */
final class RunFolder implements AutoCloseable {

    private static final String STATE = "run.safetensors";
    private static final String RECIPE = "recipe.json";
    private static final String DATA = "data.sha256";
    private static final String LOCK = ".lock";
    private static final Set<String> STAYING = Set.of(LOCK, RunPage.NAME);
    private static final String PUBLISHED = "published.json";

    private final String name;
    private final Path folder;
    private final FileChannel lock;

    private RunFolder(String name, Path folder, FileChannel lock) {
        this.name = name;
        this.folder = folder;
        this.lock = lock;
    }

    /**
     * Opens the folder of a run, which is made when it is not there.
     *
     * @throws IOException when another process has it open
     */
    static RunFolder open(Path store, String name) throws IOException {
        Path folder = Files.createDirectories(store.resolve(".runs").resolve(name));
        FileChannel channel =
                FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock held = channel.tryLock();
            if (held != null) {
                return new RunFolder(name, folder, channel);
            }
        } catch (OverlappingFileLockException heldHere) {
            // Told below, like a lock of another process.
        }
        channel.close();
        throw new IOException("another trainer is training %s: %s is in use".formatted(name, folder));
    }

    /** What is trained in it. */
    String name() {
        return name;
    }

    /** Where it is. */
    Path path() {
        return folder;
    }

    /** Whether a run was begun and is not done with. */
    boolean begun() {
        return Files.exists(folder.resolve(STATE)) || Files.exists(folder.resolve(PUBLISHED));
    }

    /** What the run came to, if it was published and others that belong to it are not done. */
    Optional<TrainedRun> published() throws IOException {
        Path file = folder.resolve(PUBLISHED);
        return Files.exists(file) ? Optional.of(JsonDocuments.read(file, TrainedRun.class)) : Optional.empty();
    }

    /** Keeps what the run came to in place of its state. */
    void keep(TrainedRun published) throws IOException {
        DurableFiles.replace(
                folder.resolve(PUBLISHED), JsonDocuments.text(published).getBytes(StandardCharsets.UTF_8));
        Files.deleteIfExists(folder.resolve(STATE));
        DurableFiles.force(folder);
    }

    /** Where the run keeps its state. */
    RunKeeper keeper() {
        return new RunFile(folder.resolve(STATE));
    }

    /** A file for people in the folder. */
    Path file(String name) {
        return folder.resolve(name);
    }

    /** Writes down what a new run is made of. */
    void begin(Recipe recipe, String dataDigest) throws IOException {
        clear();
        Files.write(folder.resolve(RECIPE), RecipeFile.print(recipe));
        Files.writeString(folder.resolve(DATA), dataDigest);
    }

    /**
     * Refuses to go on with a run of another recipe or other data.
     *
     * @throws IllegalArgumentException naming the difference
     */
    void requireSame(Recipe recipe, String dataDigest) throws IOException {
        Recipe before = RecipeFile.read(folder.resolve(RECIPE));
        boolean done = published().isPresent();
        for (Setting setting : Setting.values()) {
            if ((done || !mayChange(setting)) && !before.text(setting).equals(recipe.text(setting))) {
                throw new IllegalArgumentException(
                        "the run in %s was begun with --%s \"%s\", now it is \"%s\"; resume with the same settings, or begin anew with --restart"
                                .formatted(folder, setting.key(), before.text(setting), recipe.text(setting)));
            }
        }
        if (!Files.readString(folder.resolve(DATA)).equals(dataDigest)) {
            throw new IllegalArgumentException(
                    "the pictures or masks are not those that the run in %s was begun with; begin anew with --restart"
                            .formatted(folder));
        }
    }

    /** Limits may be moved while a run is interrupted; everything else would make it another run. */
    private static boolean mayChange(Setting setting) {
        return switch (setting) {
            case EPOCHS, MINUTES, UNTIL_DICE, PATIENCE -> true;
            default -> false;
        };
    }

    /** Forgets the run; its page stays for those who watch it. */
    void clear() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .sorted(Comparator.naturalOrder())
                    .toList()) {
                if (!STAYING.contains(file.getFileName().toString())) {
                    Files.delete(file);
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
