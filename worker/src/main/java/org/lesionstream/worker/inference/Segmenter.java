package org.lesionstream.worker.inference;

import java.util.List;
import org.lesionstream.schemas.image.TileOutput;

/**
 * Segments tiles of one checkpoint: bytes in, bytes out.
 *
 * <ul>
 *   <li>One output per tile, in the same order; a tile's output depends on that tile alone, not on its batch mates.
 *   <li>Between one tile and the batch size, which is one of those that were warmed up.
 *   <li>The inputs are read during the call only; the caller owns the output arrays.
 * </ul>
 */
@FunctionalInterface
public interface Segmenter {

    /**
     * Runs one batch.
     *
     * @param tiles inputs as {@link org.lesionstream.schemas.image.InputSpec} of the checkpoint describes them, each
     *     {@code tileBytes()} long
     * @param batchSize to which the tiles are padded
     * @throws IllegalArgumentException if there are too many tiles, none, or one has another length
     * @throws OutOfMemoryException if the device has no memory for a batch of that size
     * @throws org.lesionstream.worker.failure.SegmentationException if the run fails
     */
    List<TileOutput> segment(List<? extends TileInput> tiles, int batchSize);

    /** The same, telling how far it is; one that computes nothing has no steps to tell of. */
    default List<TileOutput> segment(List<? extends TileInput> tiles, int batchSize, RunSteps steps) {
        return segment(tiles, batchSize);
    }
}
