package org.lesionstream.worker.inference;

import java.util.List;
import org.lesionstream.schemas.image.TileOutput;

/**
 * Segments tiles of one checkpoint: bytes in, bytes out.
 *
 * <ul>
 *   <li>One output per tile, in the same order; a tile's output depends on that tile alone, not on its batch mates.
 *   <li>Between one tile and the largest batch size that the worker warmed up.
 *   <li>Borrows the input arrays for the call; the caller owns the output arrays.
 * </ul>
 */
@FunctionalInterface
public interface Segmenter {

    /**
     * Runs one batch.
     *
     * @param tiles inputs as {@link org.lesionstream.schemas.image.InputSpec} of the checkpoint describes them, each
     *     {@code tileBytes()} long
     * @throws IllegalArgumentException if there are too many tiles, none, or one has another length
     * @throws org.lesionstream.worker.failure.SegmentationException if the network cannot be loaded or its run fails
     */
    List<TileOutput> segment(List<byte[]> tiles);
}
