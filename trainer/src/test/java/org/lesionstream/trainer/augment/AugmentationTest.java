package org.lesionstream.trainer.augment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.lesionstream.trainer.data.Sample;
import org.lesionstream.trainer.testing.DiscPictures;

class AugmentationTest {

    private final Sample square = DiscPictures.sample(16, 16, 1);

    @Test
    void aSquareHasEightPositionsAndImageAndMaskShareThem() {
        Set<Sample> seen = new HashSet<>();
        SplittableRandom random = new SplittableRandom(1);
        for (int draw = 0; draw < 200; draw++) {
            Sample moved = new FlipsAndTurns().apply(square, random);
            assertDarkWhereTheMaskSays(moved);
            seen.add(moved);
        }
        assertThat(seen).hasSize(8).contains(square);
    }

    @Test
    void anOblongKeepsItsSizeAndHasFourPositions() {
        Sample oblong = DiscPictures.sample(12, 20, 2);
        Set<Sample> seen = new HashSet<>();
        SplittableRandom random = new SplittableRandom(1);
        for (int draw = 0; draw < 100; draw++) {
            Sample moved = new FlipsAndTurns().apply(oblong, random);
            assertThat(moved.image().height()).isEqualTo(12);
            seen.add(moved);
        }
        assertThat(seen).hasSize(4);
    }

    @Test
    void intensityChangesPixelsWithinBoundsAndNeverTheMask() {
        IntensityShift shift = new IntensityShift(0, 10);
        Sample moved = shift.apply(square, new SplittableRandom(3));
        assertThat(moved.mask()).isEqualTo(square.mask());
        int first = moved.image().sample(0, 0, 0) - square.image().sample(0, 0, 0);
        assertThat(first).isBetween(-10, 10).isNotZero();
        assertThat(moved.image().sample(9, 9, 2) - square.image().sample(9, 9, 2))
                .as("one shift for all pixels")
                .isEqualTo(first);
    }

    @Test
    void aChainRepeatsWithItsSeed() {
        AugmentationChain chain = new AugmentationChain(List.of(new FlipsAndTurns(), new IntensityShift(0.2, 20)));
        Sample once = chain.apply(square, new SplittableRandom(5));
        assertThat(chain.apply(square, new SplittableRandom(5))).isEqualTo(once);
        assertThat(once).isNotEqualTo(square);
    }

    private static void assertDarkWhereTheMaskSays(Sample sample) {
        for (int row = 0; row < sample.mask().height(); row++) {
            for (int column = 0; column < sample.mask().width(); column++) {
                assertThat(sample.image().sample(row, column, 0) < 125)
                        .isEqualTo(sample.mask().label(row, column) == 1);
            }
        }
    }
}
