package org.lesionstream.worker.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeSet;
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
    private static final TreeSet<Integer> SIZES = new TreeSet<>(List.of(1, 2, 4, 8, 16));

    @Test
    void runsAHealthyBatchOnce() {
        var segmenter = new FakeSegmenter(INPUT, 8);

        List<BatchSplitter.Part> parts = run(segmenter, Tiles.random(INPUT, 8, 1));

        assertThat(parts).hasSize(8).allMatch(BatchSplitter.Part.Segmented.class::isInstance);
        assertThat(segmenter.runs()).containsExactly(8);
    }

    @Test
    void findsOneCulpritInFewRuns() {
        List<byte[]> tiles = Tiles.random(INPUT, 8, 2);
        tiles.set(5, Tiles.filled(INPUT, 255));
        var segmenter = poisonedBy255();

        List<BatchSplitter.Part> parts = run(segmenter, tiles);

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

        List<BatchSplitter.Part> parts = run(segmenter, tiles);

        assertThat(parts).hasSameSizeAs(tiles);
        for (int i = 0; i < tiles.size(); i++) {
            if (culprits.get(i) == 1) {
                assertThat(parts.get(i)).isInstanceOf(BatchSplitter.Part.Failed.class);
            } else {
                Tiles.assertSame(
                        ((BatchSplitter.Part.Segmented) parts.get(i)).output(),
                        new FakeSegmenter(INPUT, 1)
                                .segment(List.of(TileInput.of(tiles.get(i))), 1)
                                .get(0));
            }
        }
        assertThat(segmenter.runs()).hasSizeLessThanOrEqualTo(2 * tiles.size() - 1);
    }

    @Test
    void blamesNoTileForACheckpointThatCannotBeLoaded() {
        var failure = new SegmentationException(FailureCode.CHECKPOINT_CORRUPT, "/checkpoint");
        int[] runs = {0};
        Segmenter unloadable = (tiles, size) -> {
            runs[0]++;
            throw failure;
        };

        List<BatchSplitter.Part> parts = run(unloadable, Tiles.random(INPUT, 4, 3));

        assertThat(parts).hasSize(4).allMatch(new BatchSplitter.Part.Failed(failure)::equals);
        assertThat(runs[0]).isEqualTo(1);
    }

    @Test
    void runsInSmallerBatchesWhatTheDeviceHasNoMemoryFor() {
        List<byte[]> tiles = Tiles.random(INPUT, 7, 4);
        var small = new FakeSegmenter(INPUT, 2);

        BatchSplitter.Result result = BatchSplitter.run(small, SIZES, Tiles.inputs(tiles));

        assertThat(small.runs()).containsExactly(8, 4, 2, 2, 2, 1);
        assertThat(result.tooLarge()).hasValue(4);
        assertSegmented(result.parts(), tiles);
    }

    @Test
    void leavesTheOneSizeOfANetworkOnlyForWantOfMemory() {
        List<byte[]> tiles = Tiles.random(INPUT, 4, 5);
        var roomy = new FakeSegmenter(INPUT, 8);
        var small = new FakeSegmenter(INPUT, 4);

        BatchSplitter.run(roomy, new TreeSet<>(List.of(8)), Tiles.inputs(tiles));
        BatchSplitter.Result result = BatchSplitter.run(small, new TreeSet<>(List.of(8)), Tiles.inputs(tiles));

        assertThat(roomy.runs()).containsExactly(8);
        assertThat(small.runs()).containsExactly(8, 4);
        assertSegmented(result.parts(), tiles);
    }

    @Test
    void looksForACulpritAtTheOneSizeOfTheNetworkSoThatItsMatesStayAsTheyAre() {
        List<byte[]> tiles = Tiles.random(INPUT, 2, 6);
        tiles.set(0, Tiles.filled(INPUT, 255));
        var segmenter = poisonedBy255();

        BatchSplitter.Result result = BatchSplitter.run(segmenter, new TreeSet<>(List.of(8)), Tiles.inputs(tiles));

        assertThat(segmenter.runs()).containsExactly(8, 8, 8);
        assertThat(failed(result.parts())).containsExactly(0);
    }

    @Test
    void blamesATileThatIsTooLargeAlone() {
        Segmenter full = (tiles, size) -> {
            throw new OutOfMemoryException(new IllegalStateException("full"));
        };

        BatchSplitter.Result result = BatchSplitter.run(full, SIZES, Tiles.inputs(Tiles.random(INPUT, 2, 7)));

        assertThat(failed(result.parts())).containsExactly(0, 1);
        assertThat(result.tooLarge()).hasValue(1);
    }

    private static List<BatchSplitter.Part> run(Segmenter segmenter, List<byte[]> tiles) {
        return BatchSplitter.run(segmenter, SIZES, Tiles.inputs(tiles)).parts();
    }

    private static void assertSegmented(List<BatchSplitter.Part> parts, List<byte[]> tiles) {
        assertThat(parts).hasSameSizeAs(tiles);
        for (int i = 0; i < tiles.size(); i++) {
            Tiles.assertSame(
                    ((BatchSplitter.Part.Segmented) parts.get(i)).output(),
                    new FakeSegmenter(INPUT, 1)
                            .segment(List.of(TileInput.of(tiles.get(i))), 1)
                            .get(0));
        }
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
