package org.lesionstream.worker.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.lesionstream.schemas.image.InputSpec;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.worker.failure.SegmentationException;
import org.lesionstream.worker.testing.TestStore;

class BatchSplitterTest {

    private static final InputSpec INPUT = TestStore.TILES;

    @Test
    void runsAHealthyBatchOnce() {
        var segmenter = new FakeSegmenter(INPUT, 8);

        List<BatchSplitter.Part> parts = BatchSplitter.run(segmenter, Tiles.random(INPUT, 8, 1));

        assertThat(parts).hasSize(8).allMatch(BatchSplitter.Part.Segmented.class::isInstance);
        assertThat(segmenter.runs()).containsExactly(8);
    }

    @Test
    void findsOneCulpritInFewRuns() {
        List<byte[]> tiles = Tiles.random(INPUT, 8, 2);
        tiles.set(5, Tiles.filled(INPUT, 255));
        var segmenter = poisonedBy255();

        List<BatchSplitter.Part> parts = BatchSplitter.run(segmenter, tiles);

        assertThat(failed(parts)).containsExactly(5);
        assertThat(segmenter.runs()).containsExactly(8, 4, 4, 2, 1, 1, 2);
    }

    @Property
    void costsEveryCulpritOnlyItself(@ForAll @Size(min = 1, max = 16) List<@IntRange(max = 1) Integer> culprits) {
        List<byte[]> tiles = Tiles.random(INPUT, culprits.size(), culprits.hashCode());
        for (int i = 0; i < culprits.size(); i++) {
            if (culprits.get(i) == 1) {
                tiles.set(i, Tiles.filled(INPUT, 255));
            }
        }
        var segmenter = poisonedBy255();

        List<BatchSplitter.Part> parts = BatchSplitter.run(segmenter, tiles);

        assertThat(parts).hasSameSizeAs(tiles);
        for (int i = 0; i < tiles.size(); i++) {
            if (culprits.get(i) == 1) {
                assertThat(parts.get(i)).isInstanceOf(BatchSplitter.Part.Failed.class);
            } else {
                Tiles.assertSame(
                        ((BatchSplitter.Part.Segmented) parts.get(i)).output(),
                        new FakeSegmenter(INPUT, 1)
                                .segment(List.of(tiles.get(i)))
                                .get(0));
            }
        }
        assertThat(segmenter.runs()).hasSizeLessThanOrEqualTo(2 * tiles.size() - 1);
    }

    @Test
    void blamesNoTileForACheckpointThatCannotBeLoaded() {
        var failure = new SegmentationException(FailureCode.CHECKPOINT_CORRUPT, "/checkpoint");
        int[] runs = {0};
        Segmenter unloadable = tiles -> {
            runs[0]++;
            throw failure;
        };

        List<BatchSplitter.Part> parts = BatchSplitter.run(unloadable, Tiles.random(INPUT, 4, 3));

        assertThat(parts).hasSize(4).allMatch(new BatchSplitter.Part.Failed(failure)::equals);
        assertThat(runs[0]).isEqualTo(1);
    }

    private static FakeSegmenter poisonedBy255() {
        return new FakeSegmenter(INPUT, 16, tile -> (tile[0] & 0xff) == 255);
    }

    private static List<Integer> failed(List<BatchSplitter.Part> parts) {
        return IntStream.range(0, parts.size())
                .filter(i -> parts.get(i) instanceof BatchSplitter.Part.Failed)
                .boxed()
                .toList();
    }
}
