package org.lesionstream.worker.tile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lesionstream.worker.testing.Failures.assertFails;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.lesionstream.schemas.image.Geometry;
import org.lesionstream.schemas.image.InputSpec;
import org.lesionstream.schemas.image.PixelGrid;
import org.lesionstream.schemas.image.SampleType;
import org.lesionstream.schemas.image.TilePlan;
import org.lesionstream.schemas.message.FailureCode;

class TileCutterTest {

    private final TileCutter cutter = new TileCutter();

    @Test
    void cutsEveryTileOfThePlanInItsOrder() {
        PixelGrid grid = numbered(20, 28, 1);
        InputSpec spec = InputSpec.tiles(16, 16, 1, 2, 4);

        CutImage cut = cutter.cut(grid, spec);

        assertThat(cut.plan()).isEqualTo(Geometry.plan(grid, spec));
        assertThat(cut.tiles()).isEqualTo(cut.plan().tiles().size()).isGreaterThan(1);
        for (TilePlan.Tile tile : cut.plan().tiles()) {
            TilePlan.Window kept = tile.kept();
            byte[] bytes = new byte[spec.tileBytes()];
            cut.cut(tile.index(), ByteBuffer.wrap(bytes), 0);
            for (int row = 0; row < kept.height(); row++) {
                for (int column = 0; column < kept.width(); column++) {
                    int at = (tile.outputRow() + row) * spec.width() + tile.outputColumn() + column;
                    assertThat(bytes[at] & 0xff).isEqualTo(grid.sample(kept.row() + row, kept.column() + column, 0));
                }
            }
        }
    }

    @Test
    void bringsAPictureToTheSizeAndChannelsOfANetworkThatFits() {
        CutImage cut = cutter.cut(numbered(5, 9, 1), InputSpec.fit(4, 6, 3));

        assertThat(cut.tiles()).isEqualTo(1);
        assertThat(cut.tileBytes()).isEqualTo(4 * 6 * 3);
        assertThat(cut.plan().sourceHeight()).isEqualTo(5);
        assertThat(cut.plan().sourceWidth()).isEqualTo(9);
    }

    @Test
    void guessesNothingAboutChannels() {
        InputSpec three = InputSpec.tiles(16, 16, 3, 0, 1);
        InputSpec one = InputSpec.tiles(16, 16, 1, 0, 1);

        assertThat(cutter.cut(numbered(2, 2, 3), one).tiles()).isEqualTo(1);
        assertFails(FailureCode.IMAGE_NOT_SUITABLE, "/image", () -> cutter.cut(numbered(2, 2, 2), three));
        assertFails(FailureCode.IMAGE_NOT_SUITABLE, "/image", () -> cutter.cut(numbered(2, 2, 4), one));
    }

    private static PixelGrid numbered(int height, int width, int channels) {
        byte[] samples = new byte[height * width * channels];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (byte) (31 * i);
        }
        return new PixelGrid(height, width, channels, SampleType.UINT8, samples, Optional.empty());
    }
}
