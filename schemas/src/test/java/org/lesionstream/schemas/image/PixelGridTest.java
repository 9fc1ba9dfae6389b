package org.lesionstream.schemas.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PixelGridTest {

    @Test
    void repeatsGreyAndWeighsColour() {
        PixelGrid grey = new PixelGrid(1, 2, 1, SampleType.UINT8, new byte[] {5, (byte) 250}, Optional.empty());
        assertThat(grey.withChannels(3).samples()).containsExactly(5, 5, 5, (byte) 250, (byte) 250, (byte) 250);
        assertThat(grey.withChannels(3).withChannels(1)).isEqualTo(grey);
        byte[] red = {(byte) 255, 0, 0};
        PixelGrid colour = new PixelGrid(1, 1, 3, SampleType.UINT8, red, Optional.empty());
        assertThat(colour.withChannels(1).sample(0, 0, 0)).isEqualTo(76); // 0.299 * 255
    }

    @Property(tries = 200)
    void repeatsEverySampleInEveryChannel(
            @ForAll @IntRange(min = 1, max = 9) int height,
            @ForAll @IntRange(min = 1, max = 9) int width,
            @ForAll @IntRange(min = 2, max = 5) int wanted,
            @ForAll SampleType type,
            @ForAll long seed) {
        byte[] samples = new byte[height * width * type.bytesPerSample()];
        new Random(seed).nextBytes(samples);
        PixelGrid grey = new PixelGrid(height, width, 1, type, samples, Optional.empty());
        PixelGrid repeated = grey.withChannels(wanted);
        assertThat(repeated.channels()).isEqualTo(wanted);
        for (int i = 0; i < height * width * wanted; i++) {
            int pixel = i / wanted;
            assertThat(repeated.sample(pixel / width, pixel % width, i % wanted))
                    .isEqualTo(grey.sample(pixel / width, pixel % width, 0));
        }
    }

    @Test
    void keepsItsWindowWhateverElseChanges() {
        Optional<IntensityRule.Window> window = Optional.of(new IntensityRule.Window(-160, 240));
        PixelGrid grid =
                new PixelGrid(1, 1, 1, SampleType.INT16, Rescale.NONE, new byte[] {1, 2}, Optional.empty(), window);
        assertThat(grid.withChannels(3).window()).isEqualTo(window);
        assertThat(grid.withChannels(3).withChannels(1).window()).isEqualTo(window);
        assertThat(grid.withSpacing(Optional.of(new PixelSpacing(1, 1))).window())
                .isEqualTo(window);
        assertThat(grid).isNotEqualTo(new PixelGrid(1, 1, 1, SampleType.INT16, new byte[] {1, 2}, Optional.empty()));
    }

    @Test
    void weighsSignedColourToo() {
        PixelGrid grey = GeometryTest.int16(1, 2, -32768, 32767);
        assertThat(grey.withChannels(3).withChannels(1)).isEqualTo(grey);
    }

    @Test
    void refusesArraysOfTheWrongLengthAndUnknownChannelChanges() {
        assertThatThrownBy(() -> new PixelGrid(2, 2, 3, SampleType.INT16, new byte[12], Optional.empty()))
                .hasMessage("samples must hold 24 bytes, held 12");
        PixelGrid four = new PixelGrid(1, 1, 4, SampleType.UINT8, new byte[4], Optional.empty());
        assertThatThrownBy(() -> four.withChannels(3)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void keepsPixelsOutOfItsText() {
        PixelGrid grid = new PixelGrid(1, 2, 1, SampleType.UINT8, new byte[] {99, 98}, Optional.empty());
        assertThat(grid).hasToString("PixelGrid[1x2x1 UINT8]");
    }
}
