package org.lesionstream.worker.inference;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.lesionstream.schemas.image.InputSpec;
import org.lesionstream.schemas.image.TileOutput;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.worker.failure.SegmentationException;

/** What TinyNetwork.THRESHOLD computes, in plain Java; fails on the tiles that it is told to, and for want of memory above the largest batch. */
final class FakeSegmenter implements LoadedSegmenter {

    private final InputSpec input;
    private final int maxBatch;
    private final Predicate<byte[]> poison;
    private final List<Integer> runs = new ArrayList<>();
    private boolean closed;

    FakeSegmenter(InputSpec input, int maxBatch) {
        this(input, maxBatch, tile -> false);
    }

    FakeSegmenter(InputSpec input, int maxBatch, Predicate<byte[]> poison) {
        this.input = input;
        this.maxBatch = maxBatch;
        this.poison = poison;
    }

    @Override
    public synchronized List<TileOutput> segment(List<? extends TileInput> inputs, int batchSize) {
        List<byte[]> tiles = inputs.stream().map(Tiles::bytes).toList();
        if (closed) {
            throw new IllegalStateException("segmenter must not be used after it was closed");
        }
        if (tiles.isEmpty() || tiles.size() > batchSize) {
            throw new IllegalArgumentException("tiles must be 1 to " + batchSize + ", were " + tiles.size());
        }
        runs.add(batchSize);
        if (batchSize > maxBatch) {
            throw new OutOfMemoryException(new IllegalStateException("the fake holds " + maxBatch));
        }
        for (byte[] tile : tiles) {
            if (tile.length != input.tileBytes()) {
                throw new IllegalArgumentException("tile must hold " + input.tileBytes() + " bytes");
            }
        }
        if (tiles.stream().anyMatch(poison)) {
            throw new SegmentationException(FailureCode.INFERENCE_FAILED, "inference");
        }
        return tiles.stream().map(this::threshold).toList();
    }

    @Override
    public synchronized void close() {
        closed = true;
    }

    /** Padded batch sizes of all runs, failed ones included. */
    synchronized List<Integer> runs() {
        return List.copyOf(runs);
    }

    synchronized boolean closed() {
        return closed;
    }

    private TileOutput threshold(byte[] tile) {
        byte[] labels = new byte[input.outputPixels()];
        byte[] confidence = new byte[labels.length];
        for (int pixel = 0; pixel < labels.length; pixel++) {
            confidence[pixel] = tile[pixel * input.channels()];
            labels[pixel] = (byte) ((confidence[pixel] & 0xff) > 127 ? 1 : 0);
        }
        return new TileOutput.Labels(labels, confidence);
    }
}
