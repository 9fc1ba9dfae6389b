package org.lesionstream.schemas.image;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MaskStitcherTest {

    private final InputSpec spec = InputSpec.tiles(16, 16, 1, 2, 4);
    private final MaskStitcher stitcher = new MaskStitcher(TilePlan.of(16, 30, spec));
    private final TileOutput.Labels tile = new TileOutput.Labels(new byte[256], new byte[256]);

    @Test
    void refusesATileThatCameBefore() {
        stitcher.accept(1, tile);
        assertThatThrownBy(() -> stitcher.accept(1, tile))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("tile 1 must come once");
    }

    @Test
    void givesNothingAwayBeforeTheLastTile() {
        stitcher.accept(0, tile);
        assertThatThrownBy(stitcher::labels)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("1 of 3 tiles are there");
    }

    @Test
    void refusesATileOfAnotherSize() {
        assertThatThrownBy(() -> stitcher.accept(0, new TileOutput.Labels(new byte[255], new byte[255])))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("256");
    }
}
