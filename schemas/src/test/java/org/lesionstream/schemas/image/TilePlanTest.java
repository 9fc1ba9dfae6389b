package org.lesionstream.schemas.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.lesionstream.schemas.image.TilePlan.Tile;
import org.lesionstream.schemas.image.TilePlan.Window;

class TilePlanTest {

    /** The valid U-Net loses 92 pixels a side; its outputs are 4 + 16 k pixels, so steps of 16 k overlap by 4 and keep the pooling grid. */
    @Test
    void placesTheTilesOfAValidNetworkAsThePaperDoes() {
        InputSpec spec = valid(220, 220, 92, 16);
        TilePlan plan = TilePlan.of(100, 116, spec);
        List<Integer> rows = plan.tiles().stream()
                .map(tile -> tile.input().row() + 92)
                .distinct()
                .toList();
        List<Integer> columns = plan.tiles().stream()
                .map(tile -> tile.input().column() + 92)
                .distinct()
                .toList();
        assertThat(rows).containsExactly(0, 32, 64);
        assertThat(columns).containsExactly(0, 32, 64, 96);
        assertThat(plan.tiles()).hasSize(12);
        assertThat(plan.tiles().get(5))
                .isEqualTo(new Tile(
                        5, new Window(32 - 92, 32 - 92, 220, 220), new Window(34, 34, 32, 32), 34 - 32, 34 - 32));
    }

    @Test
    void endsThePaddedTilesAtTheBorderWhereTheAlignmentAllows() {
        TilePlan plan = TilePlan.of(256, 640, InputSpec.tiles(256, 256, 3, 32, 32));
        assertThat(plan.tiles().stream().map(tile -> tile.input().column())).containsExactly(0, 192, 384);
        assertThat(plan.tiles().stream().map(tile -> tile.kept().column())).containsExactly(0, 224, 416);
        assertThat(plan.tiles().stream().map(tile -> tile.kept().width())).containsExactly(224, 192, 224);
    }

    @Test
    void reachesPastTheBorderByLessThanOneAlignmentElsewhere() {
        TilePlan plan = TilePlan.of(64, 150, InputSpec.tiles(64, 64, 1, 8, 16));
        assertThat(plan.tiles().stream().map(tile -> tile.input().column())).containsExactly(0, 48, 96);
        assertThat(plan.tiles().get(2).input().column() + 64).isEqualTo(160);
    }

    @Test
    void coversASmallPictureWithOneTile() {
        TilePlan plan = TilePlan.of(30, 64, InputSpec.tiles(64, 64, 1, 8, 16));
        assertThat(plan.tiles()).containsExactly(new Tile(0, new Window(0, 0, 64, 64), new Window(0, 0, 30, 64), 0, 0));
    }

    @Test
    void fitsAnyPictureIntoOneInput() {
        TilePlan plan = TilePlan.of(1000, 30, InputSpec.fit(224, 256, 3));
        assertThat(plan.height()).isEqualTo(224);
        assertThat(plan.sourceHeight()).isEqualTo(1000);
        assertThat(plan.tiles())
                .containsExactly(new Tile(0, new Window(0, 0, 224, 256), new Window(0, 0, 224, 256), 0, 0));
    }

    @Test
    void plansAtTheSpacingOfTheCheckpoint() {
        TilePlan plan = TilePlan.of(100, 100, Optional.of(new PixelSpacing(1, 0.25)), atHalfAMillimetre());
        assertThat(plan.height()).isEqualTo(200);
        assertThat(plan.width()).isEqualTo(50);
    }

    @Test
    void refusesASpacingThatBlowsThePictureUp() {
        Optional<PixelSpacing> metres = Optional.of(new PixelSpacing(1000, 1000));
        assertThatThrownBy(() -> TilePlan.of(100, 100, metres, atHalfAMillimetre()))
                .isInstanceOf(ImageRefusedException.class)
                .extracting(refused -> ((ImageRefusedException) refused).reason())
                .isEqualTo(ImageRefusedException.Reason.TOO_MANY_PIXELS);
    }

    @Test
    void refusesMarginsThatLeaveNoStep() {
        assertThatThrownBy(() -> InputSpec.tiles(64, 64, 1, 28, 16))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("margin 28");
    }

    static InputSpec valid(int height, int width, int margin, int alignment) {
        return new InputSpec(
                height,
                width,
                1,
                SampleType.UINT8,
                GeometryKind.TILES,
                margin,
                alignment,
                Optional.empty(),
                new IntensityRule.Identity(),
                height - 2 * margin,
                width - 2 * margin);
    }

    private static InputSpec atHalfAMillimetre() {
        return new InputSpec(
                64,
                64,
                1,
                SampleType.UINT8,
                GeometryKind.TILES,
                8,
                16,
                Optional.of(new PixelSpacing(0.5, 0.5)),
                new IntensityRule.Identity(),
                64,
                64);
    }
}
