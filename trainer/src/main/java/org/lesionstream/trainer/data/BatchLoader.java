package org.lesionstream.trainer.data;

import ai.djl.ndarray.NDManager;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Future;
import java.util.function.LongSupplier;

/**
 * Prepares batches ahead of whoever takes them, from one epoch into the next.
 *
 * <ul>
 *   <li>Order and content are those of the data set, whatever the number of threads.
 *   <li>Bounded: at most {@value #AHEAD_PER_THREAD} batches a thread are prepared or in preparation; nothing is prepared beyond them until one is taken.
 *       As many pixel buffers are used in turn.
 *   <li>What goes wrong in a thread is thrown to the taker, at the batch that it belongs to.
 *   <li>Confined to the thread that takes; closing ends the others.
 * </ul>
 */
public final class BatchLoader implements AutoCloseable {

    private static final int AHEAD_PER_THREAD = 3;

    private final SegmentationDataset dataset;
    private final int batchSize;
    private final LongSupplier nanoClock;
    private final LoadingThreads threads;
    private final Queue<Future<PreparedBatch>> coming = new ArrayDeque<>();
    private int epoch;
    private List<List<Integer>> batches;
    private int next;
    private long waited;

    /**
     * @param epoch to begin with, counted from 1
     * @param firstBatch of that epoch, counted from 0; the number of batches means the first one of the epoch after it
     */
    BatchLoader(
            SegmentationDataset dataset,
            int epoch,
            int firstBatch,
            int batchSize,
            int threads,
            LongSupplier nanoClock) {
        this.dataset = dataset;
        this.batchSize = batchSize;
        this.nanoClock = nanoClock;
        this.epoch = epoch;
        this.batches = dataset.epoch(epoch, batchSize);
        if (firstBatch < 0 || firstBatch > batches.size()) {
            throw new IllegalArgumentException(
                    "firstBatch must be from 0 to %d, was %d".formatted(batches.size(), firstBatch));
        }
        this.next = firstBatch;
        this.threads = new LoadingThreads(threads);
        for (int place = 0; place < threads * AHEAD_PER_THREAD; place++) {
            prepareNext(dataset.pixelBuffer(batchSize));
        }
    }

    /**
     * The next batch, as arrays.
     *
     * @param manager owner of the arrays
     */
    public Batch next(NDManager manager) {
        long start = nanoClock.getAsLong();
        PreparedBatch prepared = LoadingThreads.result(coming.remove());
        waited += nanoClock.getAsLong() - start;
        Batch batch = dataset.arrays(manager, prepared);
        prepareNext(prepared.pixels());
        return batch;
    }

    private void prepareNext(ByteBuffer pixels) {
        if (next == batches.size()) {
            epoch++;
            batches = dataset.epoch(epoch, batchSize);
            next = 0;
        }
        int ofEpoch = epoch;
        List<Integer> numbers = batches.get(next++);
        coming.add(threads.begin(() -> dataset.prepare(ofEpoch, numbers, pixels)));
    }

    /** How long {@link #next} has waited for threads in all. */
    public Duration waited() {
        return Duration.ofNanos(waited);
    }

    @Override
    public void close() {
        threads.close();
    }
}
