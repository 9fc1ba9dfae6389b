package org.lesionstream.trainer.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withPrecision;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesionstream.trainer.data.Sample;
import org.lesionstream.trainer.testing.DiscPictures;

class WarpTest {

    private final Sample oblong = DiscPictures.sample(20, 28, 2);
    private final Sample square = DiscPictures.sample(24, 24, 1);

    @Test
    void noDisplacementLeavesEveryByte() {
        assertThat(new ElasticDeformation(3, 0).apply(oblong, new SplittableRandom(1)))
                .isEqualTo(oblong);
        assertThat(new AffineWarp(0, 0, 0, false).apply(oblong, new SplittableRandom(1)))
                .isEqualTo(oblong);
    }

    @Test
    void aQuarterTurnMovesTheFirstRowToTheFirstColumn() {
        Sample turned = AffineWarp.field(90, 1, 0, 0, 24, 24).apply(square, false);
        for (int place = 0; place < 24; place++) {
            for (int channel = 0; channel < 3; channel++) {
                assertThat(turned.image().sample(23 - place, 0, channel))
                        .isEqualTo(square.image().sample(0, place, channel));
            }
            assertThat(turned.mask().label(23 - place, 0))
                    .isEqualTo(square.mask().label(0, place));
        }
    }

    @Test
    void fourQuarterTurnsAreNone() {
        Sample turned = square;
        for (int turn = 0; turn < 4; turn++) {
            turned = AffineWarp.field(90, 1, 0, 0, 24, 24).apply(turned, false);
        }
        assertThat(turned).isEqualTo(square);
    }

    @Test
    void aShiftByWholePixelsCopiesThemAndMirrorsTheBorder() {
        Sample shifted = AffineWarp.field(0, 1, 2, -3, 20, 28).apply(oblong, false);
        assertThat(shifted.image().sample(12, 9, 1)).isEqualTo(oblong.image().sample(10, 12, 1));
        assertThat(shifted.image().sample(0, 9, 1)).isEqualTo(oblong.image().sample(2, 12, 1));
        assertThat(shifted.mask().label(12, 9)).isEqualTo(oblong.mask().label(10, 12));
    }

    @Test
    void growthIsAboutTheMiddle() {
        Sample grown = AffineWarp.field(0, 2, 0, 0, 24, 24).apply(square, true);
        assertThat(grown.image().sample(23, 0, 1)).isEqualTo(square.image().sample(17, 6, 1));
        assertThat(grown.image().sample(12, 11, 1)).isEqualTo(square.image().sample(12, 11, 1));
        assertThat(grown.mask().label(23, 0)).isEqualTo(square.mask().label(17, 6));
    }

    @ParameterizedTest
    @ValueSource(strings = {"elastic:sigma=3", "affine:angle=180,scale=0.2,shift=2", "affine:angle=20,nearest=true"})
    void imageAndMaskMoveTogether(String text) {
        for (int seed = 0; seed < 20; seed++) {
            Sample moved = Augmentation.parse(text).apply(square, new SplittableRandom(seed));
            int agree = 0;
            for (int row = 0; row < 24; row++) {
                for (int column = 0; column < 24; column++) {
                    boolean dark = moved.image().sample(row, column, 0) < 125;
                    agree += dark == (moved.mask().label(row, column) == 1) ? 1 : 0;
                }
            }
            assertThat(agree).as("seed %d", seed).isGreaterThan(24 * 24 * 95 / 100);
        }
    }

    @Test
    void theSurfaceOfAGridGoesThroughItsPointsAndKeepsAPlane() {
        double[] plane = CubicGrid.surface(new double[] {0, 1, 2, 10, 11, 12, 20, 21, 22}, 3, 21, 11);
        assertThat(plane[0]).isEqualTo(0);
        assertThat(plane[10 * 11 + 5]).isEqualTo(11);
        assertThat(plane[20 * 11 + 10]).isEqualTo(22);
        double[] flat = CubicGrid.surface(new double[] {7, 7, 7, 7}, 2, 9, 9);
        assertThat(flat).containsOnly(new double[] {7}, withPrecision(1e-12));
    }
}
