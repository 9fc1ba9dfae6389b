package org.lesionstream.worker.inference;

import java.util.ArrayList;
import java.util.List;
import org.lesionstream.schemas.image.TileOutput;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.worker.failure.SegmentationException;

/**
 * Lets one bad tile cost only itself: a failing batch is halved until the culprit stands alone.
 *
 * <ul>
 *   <li>One culprit among n tiles costs about 2 log2(n) runs more; if every tile fails, 2 n - 1 runs find that out.
 *   <li>Mates of a culprit get the output that they would have got without it, as {@link Segmenter} promises.
 *   <li>A failure that no tile can be blamed for, such as a checkpoint that cannot be loaded, is not searched for: every tile
 *       gets it at once.
 * </ul>
 */
public final class BatchSplitter {

    /** What became of one tile. */
    public sealed interface Part {

        record Segmented(TileOutput output) implements Part {}

        record Failed(SegmentationException failure) implements Part {}
    }

    private BatchSplitter() {}

    /** One part per tile, in the order of the tiles. */
    public static List<Part> run(Segmenter segmenter, List<byte[]> tiles) {
        List<Part> parts = new ArrayList<>(tiles.size());
        run(segmenter, tiles, parts);
        return parts;
    }

    private static void run(Segmenter segmenter, List<byte[]> tiles, List<Part> parts) {
        try {
            segmenter.segment(tiles).forEach(output -> parts.add(new Part.Segmented(output)));
        } catch (SegmentationException failure) {
            if (tiles.size() == 1 || failure.code() != FailureCode.INFERENCE_FAILED) {
                tiles.forEach(tile -> parts.add(new Part.Failed(failure)));
                return;
            }
            int half = tiles.size() / 2;
            run(segmenter, tiles.subList(0, half), parts);
            run(segmenter, tiles.subList(half, tiles.size()), parts);
        }
    }
}
