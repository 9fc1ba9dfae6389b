package org.lesionstream.worker.backfill;

import java.util.Optional;

/**
 * The entries of a backfill, one after the other, in the same order at every reading. Confined to one thread; holds a bounded
 * number of entries in memory.
 */
public interface EntrySource extends AutoCloseable {

    /**
     * The next entry; empty at the end.
     *
     * @throws java.io.UncheckedIOException if the source cannot be read any further
     */
    Optional<SourceLine> next();

    @Override
    void close();
}
