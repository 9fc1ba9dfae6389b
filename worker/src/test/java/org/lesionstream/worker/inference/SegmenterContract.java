package org.lesionstream.worker.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lesionstream.schemas.image.InputSpec;
import org.lesionstream.schemas.image.TileOutput;
import org.lesionstream.worker.testing.TestStore;

/** What every {@link Segmenter} of the threshold network does, whichever engine runs it. */
abstract class SegmenterContract {

    static final InputSpec INPUT = TestStore.TILES;
    static final List<Integer> BATCH_SIZES = List.of(1, 2, 4);

    abstract Segmenter segmenter();

    private List<TileOutput> segment(List<byte[]> tiles) {
        int size = BATCH_SIZES.stream()
                .filter(fixed -> fixed >= tiles.size())
                .findFirst()
                .orElse(4);
        return segmenter().segment(Tiles.inputs(tiles), size);
    }

    @Test
    void givesOneOutputPerTileInTheirOrder() {
        List<byte[]> tiles = List.of(Tiles.filled(INPUT, 10), Tiles.filled(INPUT, 200), Tiles.filled(INPUT, 128));

        List<TileOutput> outputs = segment(tiles);

        assertThat(outputs).hasSize(3);
        assertThat(outputs.stream().map(output -> ((TileOutput.Labels) output).labels()[0]))
                .containsExactly((byte) 0, (byte) 1, (byte) 1);
        assertThat(outputs.stream().map(output -> ((TileOutput.Labels) output).confidence()[0] & 0xff))
                .containsExactly(10, 200, 128);
    }

    @Test
    void decidesEveryPixelWhereItStands() {
        byte[] tile = Tiles.random(INPUT, 1, 3).get(0);

        TileOutput.Labels output = (TileOutput.Labels) segment(List.of(tile)).get(0);

        for (int pixel = 0; pixel < INPUT.outputPixels(); pixel++) {
            byte first = tile[pixel * INPUT.channels()];
            assertThat(output.confidence()[pixel]).isEqualTo(first);
            assertThat(output.labels()[pixel]).isEqualTo((byte) ((first & 0xff) > 127 ? 1 : 0));
        }
    }

    @Test
    void givesATileTheSameOutputWhateverItsBatchMates() {
        List<byte[]> tiles = Tiles.random(INPUT, 4, 4);
        List<TileOutput> alone = new ArrayList<>();
        for (byte[] tile : tiles) {
            alone.add(segment(List.of(tile)).get(0));
        }
        for (int size = 1; size <= 4; size++) {
            List<TileOutput> together = segment(tiles.subList(0, size));
            for (int i = 0; i < size; i++) {
                Tiles.assertSame(together.get(i), alone.get(i));
            }
        }
    }

    @Test
    void leavesItsInputsAsTheyAre() {
        List<byte[]> tiles = Tiles.random(INPUT, 2, 5);

        segment(tiles);

        assertThat(tiles).usingRecursiveComparison().isEqualTo(Tiles.random(INPUT, 2, 5));
    }

    @Test
    void refusesNoTilesTooManyAndTilesOfAnotherLength() {
        assertThatThrownBy(() -> segment(List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> segment(Tiles.random(INPUT, 5, 6)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 to 4");
        assertThatThrownBy(() -> segment(List.of(new byte[INPUT.tileBytes() - 1])))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("tile must hold 72 bytes");
    }
}
