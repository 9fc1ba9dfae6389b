package org.lesionstream.trainer.registry;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** A folder in which somebody else is a moment faster, as often as a test wants. */
final class ContestedStorage implements CheckpointStorage {

    /** What somebody else does. */
    @FunctionalInterface
    interface Rival {
        void act() throws IOException;
    }

    private final CheckpointStorage folder;
    private final Deque<Rival> rivals = new ArrayDeque<>();

    ContestedStorage(Path store) {
        this.folder = new FolderStorage(store);
    }

    /** Lets this be done just before the next attempt to write. */
    void before(Rival rival) {
        rivals.add(rival);
    }

    private void contest() throws IOException {
        if (!rivals.isEmpty()) {
            rivals.poll().act();
        }
    }

    @Override
    public List<String> names() throws IOException {
        return folder.names();
    }

    @Override
    public List<Integer> versions(String name) throws IOException {
        return folder.versions(name);
    }

    @Override
    public byte[] read(String name, int version, String file) throws IOException {
        return folder.read(name, version, file);
    }

    @Override
    public Path folder(String name, int version) throws IOException {
        return folder.folder(name, version);
    }

    @Override
    public void requireWritable(String name) throws IOException {
        folder.requireWritable(name);
    }

    @Override
    public Path draft(String name) throws IOException {
        return folder.draft(name);
    }

    @Override
    public boolean put(String name, int version, Path draft) throws IOException {
        contest();
        return folder.put(name, version, draft);
    }

    @Override
    public Optional<byte[]> journal(String name, Journal journal) throws IOException {
        return folder.journal(name, journal);
    }

    @Override
    public boolean replace(String name, Journal journal, Optional<byte[]> seen, byte[] next) throws IOException {
        contest();
        return folder.replace(name, journal, seen, next);
    }
}
