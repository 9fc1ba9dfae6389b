package org.lesionstream.worker.pipeline;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.lesionstream.schemas.checkpoint.Digest;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.worker.batch.Batch;
import org.lesionstream.worker.batch.MicroBatcher;
import org.lesionstream.worker.delivery.Lane;
import org.lesionstream.worker.failure.SegmentationException;
import org.lesionstream.worker.inference.BatchSplitter;
import org.lesionstream.worker.inference.CheckpointCatalog;
import org.lesionstream.worker.telemetry.WorkerMetrics;

/**
 * Keeps the device busy: collects the tiles of many images into batches and runs them.
 *
 * <ul>
 *   <li>Takes images from decode while the batcher has room, so that the next batch is there when one ends.
 *   <li>An image goes on when its last tile has come back; a tile that fails alone fails only its own image.
 *   <li>Confined to one thread per device.
 * </ul>
 */
final class InferenceStage implements Stage {
    private static final long IDLE_NANOS = Duration.ofMillis(20).toNanos();
    private static final int MOST_FAILED_BATCHES = 5;

    private final Handoff<InFlight<TiledImage>> tiled;
    private final MicroBatcher<Digest, TileTicket> batcher;
    private final Handoff<InFlight<SegmentedImage>> segmented;
    private final FailureDesk failures;
    private final CheckpointCatalog catalog;
    private final PipelineStatus status;
    private final WorkerMetrics metrics;
    private final LongSupplier clock;
    private final Deadlines deadlines;
    private final int ahead;
    private int failedBatches;

    InferenceStage(
            PipelineParts parts,
            Handoff<InFlight<TiledImage>> tiled,
            MicroBatcher<Digest, TileTicket> batcher,
            Handoff<InFlight<SegmentedImage>> segmented,
            FailureDesk failures) {
        this.tiled = tiled;
        this.batcher = batcher;
        this.segmented = segmented;
        this.failures = failures;
        this.catalog = parts.catalog();
        this.status = parts.status();
        this.metrics = parts.metrics();
        this.clock = parts.clock();
        this.deadlines = parts.deadlines();
        this.ahead = parts.sizes().decodeAhead();
    }

    @Override
    public String role() {
        return "inference";
    }

    @Override
    public int work(long nowNanos) throws InterruptedException {
        if (status.state() == PipelineState.DRAINING) {
            batcher.drain();
        }
        fill(Math.min(IDLE_NANOS, batcher.nanosUntilDue(nowNanos)));
        Optional<Batch<Digest, TileTicket>> batch = batcher.poll(clock.getAsLong());
        batch.ifPresent(this::run);
        return batch.map(Batch::size).orElse(0);
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
        try {
            deadlines.check(image.delivery().job());
        } catch (SegmentationException expired) {
            failures.failed(image, expired, clock.getAsLong());
            return;
        }
        long now = clock.getAsLong();
        OpenImage open = new OpenImage(image, now);
        for (int tile = 0; tile < open.tiles(); tile++) {
            batcher.add(image.lane(), image.payload().source().checkpoint().digest(), new TileTicket(open, tile), now);
        }
    }

    private void run(Batch<Digest, TileTicket> batch) {
        List<TileTicket> tickets = batch.items().stream()
                .filter(ticket -> !ticket.image().failed())
                .toList();
        if (tickets.isEmpty()) {
            return;
        }
        long start = clock.getAsLong();
        List<BatchSplitter.Part> parts = BatchSplitter.run(
                catalog.segmenter(batch.key()),
                tickets.stream().map(TileTicket::bytes).toList());
        metrics.batch(batch.reason(), tickets.size(), clock.getAsLong() - start);
        watchDevice(parts);
        for (int i = 0; i < parts.size(); i++) {
            settle(tickets.get(i), parts.get(i));
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
                InFlight<SegmentedImage> finished = image.finish(clock.getAsLong());
                segmented.put(finished.lane(), finished);
            }
        } else if (part instanceof BatchSplitter.Part.Failed failed && image.fail()) {
            failures.failed(image.image(), failed.failure(), clock.getAsLong());
        }
    }
}
