package org.lesionstream.trainer.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withPrecision;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesionstream.schemas.image.LabelMask;
import org.lesionstream.schemas.image.PixelGrid;
import org.lesionstream.schemas.image.SampleType;
import org.lesionstream.trainer.data.Sample;
import org.lesionstream.trainer.testing.DiscPictures;

class WarpTest {

    private static final Sampling NEAREST = new Sampling(true, true);
    private static final Sampling ZERO = new Sampling(false, false);

    private final Sample oblong = DiscPictures.sample(20, 28, 2);
    private final Sample square = DiscPictures.sample(24, 24, 1);

    @Test
    void noDisplacementLeavesEveryByte() {
        assertThat(new ElasticDeformation(3, 0, Sampling.USUAL).apply(oblong, new SplittableRandom(1)))
                .isEqualTo(oblong);
        assertThat(new AffineWarp(0, 0, 0, Sampling.USUAL).apply(oblong, new SplittableRandom(1)))
                .isEqualTo(oblong);
    }

    @Test
    void aQuarterTurnMovesTheFirstRowToTheFirstColumn() {
        Sample turned = AffineWarp.field(90, 1, 0, 0, 24, 24).apply(square, Sampling.USUAL);
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
    void wholeTurnsAreAmongThoseThatMovePixelsWithoutArithmetic() {
        Set<Sample> positions = new HashSet<>();
        SplittableRandom random = new SplittableRandom(1);
        for (int draw = 0; draw < 200; draw++) {
            positions.add(new FlipsAndTurns().apply(square, random));
        }
        Set<Sample> turns = new HashSet<>();
        for (int degrees = 0; degrees < 360; degrees += 90) {
            turns.add(AffineWarp.field(degrees, 1, 0, 0, 24, 24).apply(square, Sampling.USUAL));
        }
        assertThat(turns).hasSize(4);
        assertThat(positions).hasSize(8).containsAll(turns);
    }

    @Test
    void beyondABorderThatIsNotMirroredThereIsNothing() {
        Sample shifted = AffineWarp.field(0, 1, 2, -3, 20, 28).apply(oblong, ZERO);
        assertThat(shifted.image().sample(12, 9, 1)).isEqualTo(oblong.image().sample(10, 12, 1));
        for (int channel = 0; channel < 3; channel++) {
            assertThat(shifted.image().sample(1, 9, channel)).isZero();
            assertThat(shifted.image().sample(12, 25, channel)).isZero();
        }
        assertThat(shifted.image().sample(2, 24, 1)).isEqualTo(oblong.image().sample(0, 27, 1));
        Sample half = AffineWarp.field(0, 1, 0.5, 0, 20, 28).apply(oblong, ZERO);
        assertThat(half.image().sample(0, 4, 0))
                .as("half of the first row and half of nothing")
                .isEqualTo((oblong.image().sample(0, 4, 0) + 1) / 2);
        Sample nearest = AffineWarp.field(0, 1, 0, 28, 20, 28).apply(oblong, new Sampling(true, false));
        assertThat(nearest.image().samples()).containsOnly(0);
        assertThat(nearest.mask().labels()).containsOnly(0);
    }

    @Test
    void warpsInARowAreOne() {
        Field shift = AffineWarp.field(0, 1, 0.5, 0.5, 24, 24);
        Field back = AffineWarp.field(0, 1, -0.5, -0.5, 24, 24);
        Sample once = back.after(shift).apply(square, Sampling.USUAL);
        Sample twice = back.apply(shift.apply(square, Sampling.USUAL), Sampling.USUAL);
        int blurred = 0;
        // The last row and column were shifted out and come back as their mirror images.
        for (int row = 0; row < 23; row++) {
            for (int column = 0; column < 23; column++) {
                int level = square.image().sample(row, column, 0);
                assertThat(once.image().sample(row, column, 0)).isEqualTo(level);
                blurred += twice.image().sample(row, column, 0) == level ? 0 : 1;
            }
        }
        assertThat(blurred).as("by interpolating twice").isGreaterThan(400);

        Field turn = AffineWarp.field(90, 1, 0, 0, 24, 24);
        Field down = AffineWarp.field(0, 1, 3, 0, 24, 24);
        assertThat(down.after(turn).apply(square, Sampling.USUAL))
                .as("in this order, beyond the border too")
                .isEqualTo(down.apply(turn.apply(square, Sampling.USUAL), Sampling.USUAL));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "affine:angle=40 # elastic:sigma=2 # true",
                "affine:angle=40 # elastic:nearest=true,sigma=2 # false",
                "affine:angle=40,border=zero # elastic:sigma=2 # false",
                "affine:angle=40 # intensity # false"
            })
    void aChainInterpolatesOnceWhereItMay(String first, String second, boolean together) {
        Sample chained = Augmentation.parse(first + "; " + second).apply(square, new SplittableRandom(7));
        SplittableRandom random = new SplittableRandom(7);
        Sample apart =
                Augmentation.parse(second).apply(Augmentation.parse(first).apply(square, random), random);
        assertThat(chained.equals(apart)).isEqualTo(!together);
    }

    @Test
    void aTermThatIsLeftOutDoesNotPartItsNeighbours() {
        for (int seed = 0; seed < 20; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Field first = new AffineWarp(40, 0, 0, Sampling.USUAL).draw(random, 24, 24);
            random.nextDouble(); // decides about the term between them
            Field second = new ElasticDeformation(3, 2, Sampling.USUAL).draw(random, 24, 24);
            assertThat(Augmentation.parse("affine:angle=40; intensity:share=0; elastic:sigma=2")
                            .apply(square, new SplittableRandom(seed)))
                    .isEqualTo(second.after(first).apply(square, Sampling.USUAL));
        }
    }

    @Test
    void fourQuarterTurnsAreNone() {
        Sample turned = square;
        for (int turn = 0; turn < 4; turn++) {
            turned = AffineWarp.field(90, 1, 0, 0, 24, 24).apply(turned, Sampling.USUAL);
        }
        assertThat(turned).isEqualTo(square);
    }

    @Test
    void aShiftByWholePixelsCopiesThemAndMirrorsTheBorder() {
        Sample shifted = AffineWarp.field(0, 1, 2, -3, 20, 28).apply(oblong, Sampling.USUAL);
        assertThat(shifted.image().sample(12, 9, 1)).isEqualTo(oblong.image().sample(10, 12, 1));
        assertThat(shifted.image().sample(0, 9, 1)).isEqualTo(oblong.image().sample(2, 12, 1));
        assertThat(shifted.mask().label(12, 9)).isEqualTo(oblong.mask().label(10, 12));
    }

    @Test
    void growthIsAboutTheMiddle() {
        Sample grown = AffineWarp.field(0, 2, 0, 0, 24, 24).apply(square, NEAREST);
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "elastic",
                "affine:angle=180,scale=0.3,shift=12",
                "affine:angle=45,border=zero",
                "affine:angle=20,nearest=true",
                "flips; elastic; affine:angle=180,shift=10",
                "uctransnet"
            })
    void aDiscStaysUnderItsMask(String text) {
        Sample disc = sharpDisc(128, 30);
        for (int seed = 0; seed < 20; seed++) {
            Sample moved = Augmentation.parse(text).apply(disc, new SplittableRandom(seed));
            int both = 0;
            int sum = 0;
            for (int row = 0; row < 128; row++) {
                for (int column = 0; column < 128; column++) {
                    int bright = moved.image().sample(row, column, 0) > 127 ? 1 : 0;
                    int label = moved.mask().label(row, column);
                    both += bright * label;
                    sum += bright + label;
                }
            }
            assertThat(2.0 * both / sum).as("Dice with seed %d", seed).isGreaterThan(0.97);
        }
    }

    private static Sample sharpDisc(int side, double radius) {
        byte[] samples = new byte[side * side];
        byte[] labels = new byte[side * side];
        for (int pixel = 0; pixel < samples.length; pixel++) {
            boolean inside = Math.hypot(pixel / side - 60, pixel % side - 70) <= radius;
            samples[pixel] = (byte) (inside ? 255 : 0);
            labels[pixel] = (byte) (inside ? 1 : 0);
        }
        return new Sample(
                new PixelGrid(side, side, 1, SampleType.UINT8, samples, Optional.empty()),
                new LabelMask(side, side, labels));
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
