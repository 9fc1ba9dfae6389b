package org.lesionstream.worker.pipeline;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;
import org.lesionstream.schemas.checkpoint.Digest;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.worker.batch.Batch;
import org.lesionstream.worker.batch.BatchSizes;
import org.lesionstream.worker.batch.MemoryLimits;
import org.lesionstream.worker.batch.MicroBatcher;
import org.lesionstream.worker.delivery.Lane;
import org.lesionstream.worker.failure.SegmentationException;
import org.lesionstream.worker.inference.BatchSplitter;
import org.lesionstream.worker.inference.Network;
import org.lesionstream.worker.telemetry.JobTraces;
import org.lesionstream.worker.telemetry.WorkerMetric;
import org.lesionstream.worker.telemetry.WorkerMetrics;

/**
 * Keeps the device busy: collects the tiles of many images into batches and runs them.
 *
 * <ul>
 *   <li>Takes images from decode while the batcher has room, so that the next batch is there when one ends.
 *   <li>An image whose deadline has passed, or that has ended otherwise, costs no device time.
 *   <li>A lack of memory makes batches smaller for a while and costs no image.
 *   <li>An image goes on when its last tile has come back; a tile that fails alone fails only its own image.
 *   <li>Confined to one thread per device.
 * </ul>
 */
final class InferenceStage implements Stage {
    private static final long IDLE_NANOS = Duration.ofMillis(20).toNanos();
    private static final int MOST_FAILED_BATCHES = 5;
    /** A run that takes so many times the median of the warm-up is counted: the engine compiled, or others took the device. */
    private static final int SLOW = 3;

    /** A run that takes so many times the median is no slow one any more. */
    static final int STUCK = 10;

    private static final Logger LOG = Logger.getLogger(InferenceStage.class);

    private final Handoff<InFlight<TiledImage>> tiled;
    private final MicroBatcher<Digest, TileTicket> batcher;
    private final Map<Digest, BatchSizes> sizes = new HashMap<>(); // of every checkpoint that had work so far
    private final MemoryLimits<Digest> memory = new MemoryLimits<>();
    private final Handoff<InFlight<SegmentedImage>> segmented;
    private final FailureDesk failures;
    private final PipelineStatus status;
    private final WorkerMetrics metrics;
    private final JobTraces traces;
    private final LongSupplier clock;
    private final RunClock runs;
    private final Deadlines deadlines;
    private final int ahead;
    private int failedBatches;
    private volatile Duration longestTurn = Duration.ZERO;

    InferenceStage(
            PipelineParts parts,
            Handoff<InFlight<TiledImage>> tiled,
            Handoff<InFlight<SegmentedImage>> segmented,
            FailureDesk failures) {
        this.tiled = tiled;
        this.batcher = new MicroBatcher<>(parts.batchLimits(), this::usableSizes);
        this.segmented = segmented;
        this.failures = failures;
        this.status = parts.status();
        this.metrics = parts.metrics();
        this.traces = parts.traces();
        this.clock = parts.clock();
        this.runs = new RunClock(metrics, clock);
        this.deadlines = parts.deadlines();
        this.ahead = parts.sizes().decodeAhead();
    }

    @Override
    public String role() {
        return "inference";
    }

    @Override
    public Duration longestTurn() {
        return longestTurn;
    }

    @Override
    public int work(long nowNanos) throws InterruptedException {
        if (status.state() == PipelineState.DRAINING) {
            batcher.drain();
        }
        fill(Math.min(IDLE_NANOS, batcher.nanosUntilDue(nowNanos)));
        batcher.discard(InferenceStage::unwanted);
        Optional<Batch<Digest, TileTicket>> batch = batcher.poll(clock.getAsLong());
        batch.ifPresent(this::run);
        return batch.map(Batch::size).orElse(0);
    }

    private static boolean unwanted(TileTicket ticket) {
        boolean unwanted = ticket.image().over();
        if (unwanted) {
            ticket.image().close();
        }
        return unwanted;
    }

    /** Takes all images there is room for, waiting for the first one only as long as no batch is due. */
    private void fill(long firstWaitNanos) throws InterruptedException {
        Optional<InFlight<TiledImage>> next = tiled.take(lanesWithRoom(), firstWaitNanos);
        while (next.isPresent()) {
            add(next.get());
            next = tiled.take(lanesWithRoom(), 0);
        }
    }

    /** Lanes in which neither the batcher nor the lesion stage is behind. */
    private Set<Lane> lanesWithRoom() throws InterruptedException {
        Set<Lane> room = segmented.awaitRoom(ahead, 0);
        room.removeIf(lane -> !batcher.hasRoom(lane));
        return room;
    }

    private void add(InFlight<TiledImage> image) {
        long now = clock.getAsLong();
        OpenImage open = new OpenImage(image, now);
        Digest checkpoint = image.payload().source().checkpoint().digest();
        sizes.put(checkpoint, new BatchSizes(image.payload().network().batchTimes()));
        OptionalLong left = deadlines.nanosLeft(image.delivery().job());
        OptionalLong deadline = left.isPresent() ? OptionalLong.of(now + left.getAsLong()) : left;
        for (int tile = 0; tile < open.tiles(); tile++) {
            batcher.add(image.lane(), checkpoint, new TileTicket(open, tile), deadline, now);
        }
    }

    private BatchSizes usableSizes(Digest checkpoint) {
        return memory.usable(checkpoint, sizes.get(checkpoint));
    }

    private void run(Batch<Digest, TileTicket> batch) {
        List<TileTicket> tickets = batch.items().stream().filter(this::begins).toList();
        if (tickets.isEmpty()) {
            return;
        }
        Network network = tickets.get(0).image().image().payload().network();
        BatchSizes usable = usableSizes(batch.key());
        longestTurn = usable.time(tickets.size()).multipliedBy(STUCK);
        long start = clock.getAsLong();
        BatchSplitter.Result result = BatchSplitter.run(
                runs.around(network.segmenter()), new TreeSet<>(usable.times().keySet()), tickets);
        long end = clock.getAsLong();
        batcher.ran(batch.key(), start, end);
        metrics.batch(batch.reason(), tickets.size(), usable.padded(tickets.size()), end - start);
        if (end - start > SLOW * usable.time(tickets.size()).toNanos()) {
            metrics.count(WorkerMetric.SLOW_BATCHES, 1);
        }
        watchMemory(batch.key(), tickets.size(), result);
        watchDevice(result.parts());
        for (int i = 0; i < tickets.size(); i++) {
            settle(tickets.get(i), result.parts().get(i));
        }
    }

    /** The last look at the deadline before the device takes the first tile of an image; what it has begun, it finishes. */
    private boolean begins(TileTicket ticket) {
        OpenImage image = ticket.image();
        if (image.over()) {
            image.close();
            return false;
        }
        if (image.begun()) {
            return true;
        }
        try {
            deadlines.check(image.image().delivery().job());
        } catch (SegmentationException expired) {
            if (image.fail()) {
                image.close();
                failures.failed(image.image(), expired, clock.getAsLong());
            }
            return false;
        }
        long now = clock.getAsLong();
        boolean begun = image.begin(now);
        if (begun) {
            long ready = image.image().payload().readyNanos();
            metrics.time(WorkerMetric.QUEUE_DURATION, now - ready, image.image().lane());
            traces.stage(image.image().delivery().envelope(), "queue", ready, now);
        }
        return begun;
    }

    private void watchMemory(Digest checkpoint, int tiles, BatchSplitter.Result result) {
        if (result.tooLarge().isPresent()) {
            int size = result.tooLarge().getAsInt();
            LOG.warnf("The device has no memory for %d tiles at once; smaller batches for a while", size);
            metrics.count(WorkerMetric.OUT_OF_MEMORY, 1);
            memory.tooLarge(checkpoint, size);
        } else {
            memory.fitted(checkpoint, tiles, sizes.get(checkpoint));
        }
    }

    /** One image cannot fail batch after batch by itself: then the device is broken, and another worker shall have the jobs. */
    private void watchDevice(List<BatchSplitter.Part> parts) {
        boolean allFailed = parts.stream()
                .allMatch(part -> part instanceof BatchSplitter.Part.Failed failed
                        && failed.failure().code() == FailureCode.INFERENCE_FAILED);
        failedBatches = allFailed ? failedBatches + 1 : 0;
        if (failedBatches >= MOST_FAILED_BATCHES) {
            throw new IllegalStateException("the device failed in " + failedBatches + " batches in a row");
        }
    }

    private void settle(TileTicket ticket, BatchSplitter.Part part) {
        OpenImage image = ticket.image();
        if (part instanceof BatchSplitter.Part.Segmented done) {
            if (image.accept(ticket.tile(), done.output())) {
                image.close();
                metrics.count(WorkerMetric.IMAGES, 1);
                long now = clock.getAsLong();
                traces.stage(image.image().delivery().envelope(), role(), image.begunAtNanos(), now);
                InFlight<SegmentedImage> finished = image.finish(now);
                segmented.put(finished.lane(), finished);
            }
        } else if (part instanceof BatchSplitter.Part.Failed failed && image.fail()) {
            image.close();
            failures.failed(image.image(), failed.failure(), clock.getAsLong());
        }
    }
}
