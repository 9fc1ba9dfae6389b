package org.lesionstream.worker.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.lesionstream.schemas.image.LabelMask;
import org.lesionstream.schemas.image.PixelGrid;
import org.lesionstream.schemas.image.SampleType;
import org.lesionstream.schemas.lesion.LesionShape.DiameterEnds;

class OverlayPainterTest {
    private static final int SIDE = 200;
    private static final int ORANGE = 0xff8a1e;

    @Test
    void keepsALesionOfOnePixelInSightWhenItScalesDown() throws IOException {
        byte[] labels = new byte[SIDE * SIDE];
        labels[101 * SIDE + 51] = 1;

        BufferedImage overlay = paint(grey(), labels, List.of());

        assertThat(overlay.getWidth()).isEqualTo(100);
        assertThat(colour(overlay, 50, 25)).isEqualTo(ORANGE);
        assertThat(colour(overlay, 50, 26)).isZero();
    }

    @Test
    void drawsADiameterFromCornerToCorner() throws IOException {
        BufferedImage overlay =
                paint(grey(), new byte[SIDE * SIDE], List.of(new DiameterEnds(20.5, 10.5, 20.5, 190.5)));

        assertThat(colour(overlay, 10, 5)).isEqualTo(0xffffff);
        assertThat(colour(overlay, 10, 50)).isEqualTo(0xffffff);
        assertThat(colour(overlay, 10, 95)).isEqualTo(0xffffff);
        assertThat(colour(overlay, 10, 97)).isZero();
        assertThat(colour(overlay, 12, 50)).isZero();
    }

    /** Half of the samples at 1000 and half at 2000 of 65536: without a window both would be nearly black. */
    @Test
    void showsSixteenBitsFromTheirFirstToTheirLastPercentile() throws IOException {
        ByteBuffer samples = ByteBuffer.allocate(2 * SIDE * SIDE).order(ByteOrder.LITTLE_ENDIAN);
        for (int pixel = 0; pixel < SIDE * SIDE; pixel++) {
            samples.putShort((short) (pixel < SIDE * SIDE / 2 ? 1000 : 2000));
        }
        PixelGrid picture = new PixelGrid(SIDE, SIDE, 1, SampleType.INT16, samples.array(), Optional.empty());

        BufferedImage overlay = paint(picture, new byte[SIDE * SIDE], List.of());

        assertThat(colour(overlay, 10, 10)).isZero();
        assertThat(colour(overlay, 90, 10)).isEqualTo(0xffffff);
    }

    @Test
    void refusesAMaskOfAnotherSize() {
        assertThatThrownBy(() -> OverlayPainter.png(grey(), new LabelMask(1, 2, new byte[2]), List.of(), 100))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static BufferedImage paint(PixelGrid picture, byte[] labels, List<DiameterEnds> diameters)
            throws IOException {
        byte[] png = OverlayPainter.png(picture, new LabelMask(SIDE, SIDE, labels), diameters, 100);
        return ImageIO.read(new ByteArrayInputStream(png));
    }

    private static PixelGrid grey() {
        return new PixelGrid(SIDE, SIDE, 1, SampleType.UINT8, new byte[SIDE * SIDE], Optional.empty());
    }

    private static int colour(BufferedImage overlay, int row, int column) {
        return overlay.getRGB(column, row) & 0xffffff;
    }
}
