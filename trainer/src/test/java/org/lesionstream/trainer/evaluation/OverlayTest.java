package org.lesionstream.trainer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.lesionstream.schemas.image.LabelMask;
import org.lesionstream.schemas.image.PixelGrid;
import org.lesionstream.schemas.image.SampleType;
import org.lesionstream.trainer.testing.Masks;

class OverlayTest {
    private static final String PREFIX = "data:image/png;base64,";
    private static final int GREEN = 0x00e05a;
    private static final int MAGENTA = 0xff2fd0;
    private static final int WHITE = 0xffffff;
    private static final int GREY = 0x404040;

    @Test
    void outlinesAreDrawnOverThePicture() throws IOException {
        LabelMask truth = Masks.of("111..", "111..", "111..");
        LabelMask predicted = Masks.of("1...1", ".....", ".....");

        BufferedImage drawing = drawing(truth, predicted);
        assertThat(colour(drawing, 0, 0)).as("on both outlines").isEqualTo(WHITE);
        assertThat(colour(drawing, 0, 1)).as("on that of the truth").isEqualTo(GREEN);
        assertThat(colour(drawing, 1, 1)).as("inside").isEqualTo(GREY);
        assertThat(colour(drawing, 0, 4)).as("on that of the prediction").isEqualTo(MAGENTA);
        assertThat(colour(drawing, 0, 3)).as("outside").isEqualTo(GREY);
    }

    @Test
    void aLargePictureIsThinnedAndItsOutlinesAreThicker() throws IOException {
        byte[] lesion = new byte[900 * 1300];
        for (int row = 300; row < 600; row++) {
            Arrays.fill(lesion, row * 1300 + 300, row * 1300 + 600, (byte) 1);
        }

        BufferedImage drawing =
                drawing(new LabelMask(900, 1300, lesion), new LabelMask(900, 1300, new byte[lesion.length]));
        assertThat(drawing.getWidth()).as("every third column").isEqualTo(434);
        assertThat(drawing.getHeight()).isEqualTo(300);
        assertThat(colour(drawing, 150, 99)).isEqualTo(GREY);
        assertThat(colour(drawing, 150, 100)).isEqualTo(GREEN);
        assertThat(colour(drawing, 150, 101)).isEqualTo(GREEN);
        assertThat(colour(drawing, 150, 102)).isEqualTo(GREY);
    }

    private static BufferedImage drawing(LabelMask truth, LabelMask predicted) throws IOException {
        byte[] grey = new byte[truth.labels().length];
        Arrays.fill(grey, (byte) 0x40);
        PixelGrid image = new PixelGrid(truth.height(), truth.width(), 1, SampleType.UINT8, grey, Optional.empty());
        String address = Overlay.dataAddress(image, truth, predicted);
        assertThat(address).startsWith(PREFIX);
        return ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(address.substring(PREFIX.length()))));
    }

    private static int colour(BufferedImage drawing, int row, int column) {
        return drawing.getRGB(column, row) & WHITE;
    }
}
