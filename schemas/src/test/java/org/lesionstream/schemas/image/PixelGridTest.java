package org.lesionstream.schemas.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
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
