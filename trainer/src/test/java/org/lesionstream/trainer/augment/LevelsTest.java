package org.lesionstream.trainer.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
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

class LevelsTest {

    private final Sample disc = DiscPictures.sample(24, 24, 1);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "intensity",
                "contrast:range=0.4",
                "brightness:range=30",
                "gamma",
                "hue",
                "noise:sigma=20",
                "blur:sigma=2"
            })
    void changesTheImageFromItsSeedAndNeverTheMask(String text) {
        Sample once = Augmentation.parse(text).apply(disc, new SplittableRandom(4));
        assertThat(Augmentation.parse(text).apply(disc, new SplittableRandom(4)))
                .isEqualTo(once);
        assertThat(once.image()).isNotEqualTo(disc.image());
        assertThat(once.mask()).isEqualTo(disc.mask());
    }

    @Test
    void aWholeTurnOfTheHueChangesNothingAndAThirdSwapsTheColours() {
        assertThat(HueShift.moved(disc, 360, 1)).isEqualTo(disc);
        Sample turned = HueShift.moved(colour(200, 100, 50), 120, 1);
        assertThat(levels(turned)).containsExactly(50, 200, 100);
        assertThat(levels(HueShift.moved(colour(200, 100, 60), 0, 0))).containsExactly(120, 120, 120);
    }

    @Test
    void blurKeepsAnEvenPictureAndSpreadsAPoint() {
        Sample even = colour(90, 90, 90);
        assertThat(new GaussianBlur(3).apply(even, new SplittableRandom(1))).isEqualTo(even);
        byte[] samples = new byte[15 * 15];
        samples[7 * 15 + 7] = (byte) 255;
        Sample point = grey(15, samples);
        Sample spread = new GaussianBlur(2).apply(point, new SplittableRandom(2));
        int middle = spread.image().sample(7, 7, 0);
        assertThat(middle)
                .isBetween(1, 254)
                .isGreaterThanOrEqualTo(spread.image().sample(7, 8, 0));
        assertThat(spread.image().sample(7, 6, 0)).isEqualTo(spread.image().sample(7, 8, 0));
        assertThat(spread.image().sample(6, 7, 0)).isEqualTo(spread.image().sample(7, 6, 0));
    }

    @Test
    void noiseHasTheDeviationThatWasDrawn() {
        byte[] samples = new byte[100 * 100];
        Arrays.fill(samples, (byte) 128);
        Sample noisy = new GaussianNoise(20).apply(grey(100, samples), new SplittableRandom(9));
        double deviation = 20 * new SplittableRandom(9).nextDouble();
        double squares = 0;
        for (byte sample : noisy.image().samples()) {
            squares += Math.pow((sample & 0xff) - 128, 2);
        }
        assertThat(Math.sqrt(squares / samples.length)).isBetween(0.95 * deviation, 1.05 * deviation);
    }

    @Test
    void drawsAmongChoicesAndLeavesAShareAlone() {
        Set<Sample> seen = new HashSet<>();
        int same = 0;
        for (int seed = 0; seed < 400; seed++) {
            Sample moved = Augmentation.parse("flips:share=0.25").apply(disc, new SplittableRandom(seed));
            same += moved.equals(disc) ? 1 : 0;
            seen.add(Augmentation.parse("brightness:range=1 | contrast:range=0.01")
                    .apply(disc, new SplittableRandom(seed)));
        }
        // A quarter is varied, and one in eight ways to lay a square on itself leaves it.
        assertThat(same).isBetween(400 * 70 / 100, 400 * 86 / 100);
        assertThat(seen.size()).isGreaterThan(2);
    }

    @Test
    void theRuleOfUCTransNetLeavesAQuarterAlone() {
        int same = 0;
        for (int seed = 0; seed < 400; seed++) {
            same += Augmentation.parse("uctransnet")
                            .apply(disc, new SplittableRandom(seed))
                            .equals(disc)
                    ? 1
                    : 0;
        }
        assertThat(same).isBetween(400 * 22 / 100, 400 * 42 / 100);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "shear # there is no variation \"shear\"",
                "flips:angle=3 # flips has no option [angle]",
                "elastic:grid=1 # grid must be at least 2, was 1",
                "intensity:contrast=1 # contrast must lie in [0, 1), was 1.0",
                "flips; # a name must be words"
            })
    void saysWhatIsWrong(String text, String message) {
        assertThatThrownBy(() -> Augmentation.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    private static List<Integer> levels(Sample sample) {
        List<Integer> levels = new ArrayList<>();
        for (int channel = 0; channel < sample.image().channels(); channel++) {
            levels.add(sample.image().sample(0, 0, channel));
        }
        return levels;
    }

    private static Sample colour(int... levels) {
        byte[] samples = new byte[levels.length];
        for (int channel = 0; channel < levels.length; channel++) {
            samples[channel] = (byte) levels[channel];
        }
        return new Sample(
                new PixelGrid(1, 1, levels.length, SampleType.UINT8, samples, Optional.empty()),
                new LabelMask(1, 1, new byte[1]));
    }

    private static Sample grey(int side, byte[] samples) {
        return new Sample(
                new PixelGrid(side, side, 1, SampleType.UINT8, samples, Optional.empty()),
                new LabelMask(side, side, new byte[side * side]));
    }
}
