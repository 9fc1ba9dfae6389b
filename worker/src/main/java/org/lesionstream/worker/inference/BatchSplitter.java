package org.lesionstream.worker.inference;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeSet;
import org.lesionstream.schemas.image.TileOutput;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.worker.failure.SegmentationException;

/**
 * Runs a batch so that one bad tile costs only itself, and a lack of memory costs none.
 *
 * <ul>
 *   <li>A failing batch is halved until the culprit stands alone. One culprit among n tiles costs about 2 log2(n) runs more;
 *       if every tile fails, 2 n - 1 runs find that out.
 *   <li>A batch that the device has no memory for is run in parts of the next smaller size, down to single tiles.
 *   <li>Mates of a culprit get the output that they would have got without it, as {@link Segmenter} promises.
 *   <li>A failure that no tile can be blamed for, such as a network of another output, is not searched for: every tile gets
 *       it at once.
 * </ul>
 */
public final class BatchSplitter {

    /** What became of one tile. */
    public sealed interface Part {

        record Segmented(TileOutput output) implements Part {}

        record Failed(SegmentationException failure) implements Part {}
    }

    /**
     * What became of a batch.
     *
     * @param parts one per tile, in the order of the tiles
     * @param tooLarge the smallest batch size that the device had no memory for; empty if it had enough
     */
    public record Result(List<Part> parts, OptionalInt tooLarge) {
        public Result {
            parts = List.copyOf(parts);
        }
    }

    private final Segmenter segmenter;
    private final TreeSet<Integer> sizes;
    private final List<Part> parts = new ArrayList<>();
    private OptionalInt tooLarge = OptionalInt.empty();

    private BatchSplitter(Segmenter segmenter, SortedSet<Integer> sizes) {
        this.segmenter = segmenter;
        this.sizes = new TreeSet<>(sizes);
    }

    /**
     * Runs the tiles.
     *
     * @param sizes the fixed batch sizes
     * @param tiles at most as many as the largest size, if they are to run at once
     */
    public static Result run(Segmenter segmenter, SortedSet<Integer> sizes, List<? extends TileInput> tiles) {
        BatchSplitter splitter = new BatchSplitter(segmenter, sizes);
        splitter.run(tiles);
        return new Result(splitter.parts, splitter.tooLarge);
    }

    private void run(List<? extends TileInput> tiles) {
        int largest = sizes.last();
        if (tiles.size() > largest) { // since memory is short
            for (int from = 0; from < tiles.size(); from += largest) {
                run(tiles.subList(from, Math.min(tiles.size(), from + largest)));
            }
            return;
        }
        int size = sizes.ceiling(tiles.size());
        try {
            segmenter.segment(tiles, size).forEach(output -> parts.add(new Part.Segmented(output)));
        } catch (OutOfMemoryException failure) {
            tooLarge = OptionalInt.of(size);
            if (size == 1) {
                fail(tiles, failure);
            } else {
                shrinkBelow(size);
                run(tiles);
            }
        } catch (SegmentationException failure) {
            if (tiles.size() == 1 || failure.code() != FailureCode.INFERENCE_FAILED) {
                fail(tiles, failure);
                return;
            }
            int half = tiles.size() / 2;
            run(tiles.subList(0, half));
            run(tiles.subList(half, tiles.size()));
        }
    }

    /** A network with one fixed size gives it up here: rather another rounding than no answer. */
    private void shrinkBelow(int size) {
        sizes.tailSet(size).clear();
        if (sizes.isEmpty()) {
            sizes.add(size / 2);
        }
    }

    private void fail(List<? extends TileInput> tiles, SegmentationException failure) {
        tiles.forEach(tile -> parts.add(new Part.Failed(failure)));
    }
}
