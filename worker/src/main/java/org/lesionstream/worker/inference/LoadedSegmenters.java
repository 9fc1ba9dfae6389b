package org.lesionstream.worker.inference;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.lesionstream.schemas.checkpoint.Digest;

/**
 * The networks in memory: loaded on first use, unloaded when others were used more recently.
 *
 * <ul>
 *   <li>A network in use is never unloaded; while all are in use there may be more than the limit.
 *   <li>One network loads at a time. Those that are loaded already stay usable meanwhile, from other threads.
 *   <li>The limit is enforced after a load, so one network more than that must fit: to unload before would make jobs wait for a
 *       version that they still need.
 *   <li>What could not be loaded is not remembered; the next user tries again.
 * </ul>
 */
final class LoadedSegmenters implements AutoCloseable {

    /** A network that stays loaded until the lease is closed. */
    interface Lease extends AutoCloseable {

        Segmenter segmenter();

        @Override
        void close();
    }

    private static final class Entry {
        private final LoadedSegmenter segmenter;
        private int users;

        private Entry(LoadedSegmenter segmenter) {
            this.segmenter = segmenter;
        }
    }

    private final int limit;
    private final Function<Digest, LoadedSegmenter> loader;
    private final Lock loading = new ReentrantLock();
    private final Map<Digest, Entry> entries = new LinkedHashMap<>(16, 0.75f, true); // by last use; guarded by this

    LoadedSegmenters(int limit, Function<Digest, LoadedSegmenter> loader) {
        this.limit = limit;
        this.loader = loader;
    }

    /** Loads it in the calling thread if need be, and whatever the loader throws comes through. */
    Lease lease(Digest digest) {
        Entry entry = use(digest);
        if (entry == null) {
            entry = load(digest);
        }
        return new OpenLease(entry);
    }

    synchronized boolean holds(Digest digest) {
        return entries.keySet().contains(digest); // unlike get, no use
    }

    /** Unloads everything; nobody may hold a lease. */
    @Override
    public synchronized void close() {
        entries.values().forEach(entry -> entry.segmenter.close());
        entries.clear();
    }

    private Entry load(Digest digest) {
        loading.lock();
        try {
            Entry entry = use(digest); // somebody else may have loaded it meanwhile
            return entry != null ? entry : add(digest, new Entry(loader.apply(digest)));
        } finally {
            loading.unlock();
        }
    }

    private synchronized Entry use(Digest digest) {
        Entry entry = entries.get(digest);
        if (entry != null) {
            entry.users++;
        }
        return entry;
    }

    private synchronized Entry add(Digest digest, Entry entry) {
        entry.users++;
        entries.put(digest, entry);
        unloadIdle();
        return entry;
    }

    private synchronized void release(Entry entry) {
        entry.users--;
        unloadIdle();
    }

    private void unloadIdle() {
        Iterator<Entry> oldestFirst = entries.values().iterator();
        while (entries.size() > limit && oldestFirst.hasNext()) {
            Entry entry = oldestFirst.next();
            if (entry.users == 0) {
                oldestFirst.remove();
                entry.segmenter.close();
            }
        }
    }

    private final class OpenLease implements Lease {
        private final Entry entry;

        private OpenLease(Entry entry) {
            this.entry = entry;
        }

        @Override
        public Segmenter segmenter() {
            return entry.segmenter;
        }

        @Override
        public void close() {
            release(entry);
        }
    }
}
