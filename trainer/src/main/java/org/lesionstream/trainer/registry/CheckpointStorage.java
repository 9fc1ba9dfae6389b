package org.lesionstream.trainer.registry;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * All that a store of checkpoints asks of whatever keeps its bytes; everything else is decided above it.
 *
 * <ul>
 *   <li>A version appears whole or not at all, and never changes: {@link #put} decides who gets a number, in any number of processes.
 *   <li>A journal changes from what its writer has seen or not at all: {@link #replace} decides between writers, and the loser looks again.
 *   <li>What a method has returned from is durable.
 * </ul>
 *
 * <p>A folder does this by moving and locking, see {@link FolderStorage}. An object store can by conditions: it puts the files of a version first and its
 * manifest last, on condition that there is none yet ({@code If-None-Match}), counts as versions those that have a manifest, and replaces a journal on
 * condition that its tag is still the one that was read ({@code If-Match}).
 */
interface CheckpointStorage {

    /** Names of all checkpoints, sorted. */
    List<String> names() throws IOException;

    /** Numbers of the versions of a checkpoint, ascending; none if there is no such checkpoint. */
    List<Integer> versions(String name) throws IOException;

    /** The content of a small file of a version, such as its manifest. */
    byte[] read(String name, int version, String file) throws IOException;

    /** A folder of this machine that holds all files of a version, since an engine loads files and no streams. */
    Path folder(String name, int version) throws IOException;

    /**
     * Finds out whether anything can be put under a name, before hours of work are spent on it.
     *
     * @throws IOException naming the place, if it cannot
     */
    void requireWritable(String name) throws IOException;

    /** An empty folder of this machine to prepare a version in, seen by nobody else. */
    Path draft(String name) throws IOException;

    /**
     * Publishes a draft under a number that is still free.
     *
     * @param draft complete, with its manifest; gone afterwards if it was published
     * @return whether it got the number; if not, somebody else has it and the draft is as it was
     */
    boolean put(String name, int version, Path draft) throws IOException;

    /** A journal as it is now; empty if nothing was ever written. */
    Optional<byte[]> journal(String name, Journal journal) throws IOException;

    /**
     * Puts new content in the place of a journal, if it is still what the writer has seen.
     *
     * @param seen what {@link #journal} gave
     * @return whether it was; if not, nothing happened
     */
    boolean replace(String name, Journal journal, Optional<byte[]> seen, byte[] next) throws IOException;

    /** What a checkpoint has beside its versions; grows only. */
    enum Journal {
        /** Movements of its aliases. */
        ALIASES,
        /** Notes about its versions. */
        NOTES
    }
}
