package org.lesionstream.local.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionstream.schemas.image.LabelMask;

class PictureFileTest {

    @TempDir
    private Path folder;

    @Test
    void readsBlackAndWhiteAndClassNumbersAsMasks() throws IOException {
        assertThat(PictureFile.readMask(grey(0, 255, 0, 255))).isEqualTo(new LabelMask(1, 4, new byte[] {0, 1, 0, 1}));
        assertThat(PictureFile.readMask(grey(0, 1, 3, 0))).isEqualTo(new LabelMask(1, 4, new byte[] {0, 1, 3, 0}));
    }

    @Test
    void refusesAGreyMaskWhichSomebodyInterpolated() throws IOException {
        Path mask = grey(0, 128, 255, 255);

        assertThatThrownBy(() -> PictureFile.readMask(mask))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("mask " + mask + " must hold class numbers, or only 0 and 255; it holds 255 beside 128");
    }

    private Path grey(int... values) throws IOException {
        BufferedImage image = new BufferedImage(values.length, 1, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setPixels(0, 0, values.length, 1, values);
        Path file = folder.resolve("mask.png");
        ImageIO.write(image, "png", file.toFile());
        return file;
    }
}
