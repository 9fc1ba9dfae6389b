package org.lesionstream.trainer.data;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.function.Function;

/**
 * The stacks that were asked for last, so that the slices of a volume cost one reading when they are asked for in a row.
 *
 * <ul>
 *   <li>Any thread may ask. A stack that several want at once is read by one of them.
 *   <li>Bounded by bytes: those that nobody asked for the longest go first. One that is larger than the bound is kept alone until another one comes.
 *   <li>A file is taken to stay as it is.
 * </ul>
 */
final class StackCache {

    private final Function<Path, PictureStack> read;
    private final long maxBytes;
    private final Map<Path, FutureTask<PictureStack>> kept = new LinkedHashMap<>(16, 0.75f, true);

    StackCache(Function<Path, PictureStack> read, long maxBytes) {
        this.read = read;
        this.maxBytes = maxBytes;
    }

    PictureStack get(Path file) {
        FutureTask<PictureStack> reading;
        synchronized (kept) {
            reading = kept.computeIfAbsent(file, absent -> new FutureTask<>(() -> read.apply(absent)));
        }
        reading.run(); // nothing, where another thread reads it or has done so
        try {
            PictureStack stack = LoadingThreads.result(reading);
            makeRoom(file);
            return stack;
        } catch (RuntimeException refused) {
            synchronized (kept) {
                kept.remove(file, reading);
            }
            throw refused;
        }
    }

    private void makeRoom(Path last) {
        synchronized (kept) {
            long bytes = kept.values().stream().mapToLong(StackCache::bytes).sum();
            Iterator<Map.Entry<Path, FutureTask<PictureStack>>> eldestFirst =
                    kept.entrySet().iterator();
            while (bytes > maxBytes && eldestFirst.hasNext()) {
                Map.Entry<Path, FutureTask<PictureStack>> eldest = eldestFirst.next();
                if (!eldest.getKey().equals(last) && eldest.getValue().isDone()) {
                    bytes -= bytes(eldest.getValue());
                    eldestFirst.remove();
                }
            }
        }
    }

    /** 0 as long as it is being read. */
    private static long bytes(FutureTask<PictureStack> reading) {
        try {
            return reading.isDone() ? LoadingThreads.result(reading).bytes() : 0;
        } catch (RuntimeException refused) { // which its readers are told
            return 0;
        }
    }
}
