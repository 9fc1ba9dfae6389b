package org.lesionstream.worker.inference;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.lesionstream.schemas.checkpoint.Digest;

/**
 * The networks in memory: loaded on first use, unloaded when others were used more recently.
 *
 * <ul>
 *   <li>A network in use is never unloaded. A load waits until enough of the others are out of use to keep the budget; only
 *       a network that is larger than the whole budget exceeds it, alone.
 *   <li>A new version may be loaded beside the old one above the budget: to unload before would make jobs wait for a version
 *       that they still need.
 *   <li>One network loads at a time. Those that are loaded already stay usable meanwhile, from other threads.
 *   <li>What could not be loaded is not remembered; the next user tries again.
 * </ul>
 */
final class LoadedSegmenters implements AutoCloseable {

    private static final class Entry {
        private final LoadedSegmenter.Warm network;
        private final long bytes;
        private int users;

        private Entry(LoadedSegmenter.Warm network, long bytes) {
            this.network = network;
            this.bytes = bytes;
        }
    }

    private final InferenceSettings.Memory budget;
    private final ToLongFunction<Digest> sizes;
    private final Function<Digest, LoadedSegmenter.Warm> loader;
    private final Lock loading = new ReentrantLock();
    private final Map<Digest, Entry> entries = new LinkedHashMap<>(16, 0.75f, true); // by last use; guarded by this

    /** @param sizes bytes of a network, known before it is loaded */
    LoadedSegmenters(
            InferenceSettings.Memory budget,
            ToLongFunction<Digest> sizes,
            Function<Digest, LoadedSegmenter.Warm> loader) {
        this.budget = budget;
        this.sizes = sizes;
        this.loader = loader;
    }

    /** The network, if it is in memory. */
    Optional<Network> lease(Digest digest) {
        return Optional.ofNullable(use(digest)).map(Lease::new);
    }

    /** Loads it in the calling thread if need be, as soon as there is room; whatever the loader throws comes through. */
    Network load(Digest digest) throws InterruptedException {
        Entry entry = use(digest);
        if (entry == null) {
            loading.lockInterruptibly();
            try {
                entry = use(digest); // somebody else may have loaded it meanwhile
                if (entry == null) {
                    awaitRoom(sizes.applyAsLong(digest));
                    entry = add(digest);
                }
            } finally {
                loading.unlock();
            }
        }
        return new Lease(entry);
    }

    /** Loads it in the calling thread if need be, without waiting for room. */
    Network loadBeside(Digest digest) {
        Entry entry = use(digest);
        if (entry == null) {
            loading.lock();
            try {
                entry = use(digest);
                entry = entry == null ? add(digest) : entry;
            } finally {
                loading.unlock();
            }
        }
        return new Lease(entry);
    }

    synchronized boolean holds(Digest digest) {
        return entries.keySet().contains(digest); // unlike get, no use
    }

    /** Unloads everything; nobody may hold a lease. */
    @Override
    public synchronized void close() {
        entries.values().forEach(entry -> entry.network.segmenter().close());
        entries.clear();
    }

    private synchronized Entry use(Digest digest) {
        Entry entry = entries.get(digest);
        if (entry != null) {
            entry.users++;
        }
        return entry;
    }

    private synchronized void awaitRoom(long bytes) throws InterruptedException {
        while (!makeRoom(1, bytes) && !entries.isEmpty()) {
            wait();
        }
    }

    private Entry add(Digest digest) {
        Entry entry = new Entry(loader.apply(digest), sizes.applyAsLong(digest));
        synchronized (this) {
            entry.users++;
            entries.put(digest, entry);
            makeRoom(0, 0);
        }
        return entry;
    }

    private synchronized void release(Entry entry) {
        entry.users--;
        makeRoom(0, 0);
        notifyAll();
    }

    /** Unloads what is out of use, the least recently used first, until so much more fits; false if it does not yet. */
    private synchronized boolean makeRoom(int networks, long bytes) {
        Iterator<Entry> oldestFirst = entries.values().iterator();
        while (!fits(networks, bytes) && oldestFirst.hasNext()) {
            Entry entry = oldestFirst.next();
            if (entry.users == 0) {
                oldestFirst.remove();
                entry.network.segmenter().close();
            }
        }
        return fits(networks, bytes);
    }

    private boolean fits(int networks, long bytes) {
        long loaded = entries.values().stream().mapToLong(entry -> entry.bytes).sum();
        boolean alone = entries.size() + networks <= 1;
        return alone || (entries.size() + networks <= budget.networks() && loaded + bytes <= budget.bytes());
    }

    private final class Lease implements Network {
        private final Entry entry;
        private final AtomicBoolean closed = new AtomicBoolean();

        private Lease(Entry entry) {
            this.entry = entry;
        }

        @Override
        public Segmenter segmenter() {
            return entry.network.segmenter();
        }

        @Override
        public SortedMap<Integer, Duration> batchTimes() {
            return entry.network.batchTimes();
        }

        @Override
        public void close() {
            if (closed.compareAndSet(false, true)) {
                release(entry);
            }
        }
    }
}
