package org.lesionstream.schemas.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Random;
import javax.imageio.ImageIO;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class MaskPngTest {

    @Property(tries = 200)
    void givesBackEveryMask(
            @ForAll @IntRange(min = 1, max = 40) int height,
            @ForAll @IntRange(min = 1, max = 40) int width,
            @ForAll @IntRange(min = 1, max = 255) int classes,
            @ForAll long seed) {
        LabelMask mask = random(height, width, classes, seed);
        byte[] png = MaskPng.encode(mask, classes);
        assertThat(MaskPng.decode(png)).isEqualTo(mask);
        assertThat(MaskPng.encode(mask, classes)).isEqualTo(png);
    }

    /** Pixel by pixel through the JDK, which knows nothing of the eight pixels that are handled at once here. */
    @Property(tries = 200)
    void storesTheNumberOfEveryPixel(
            @ForAll @IntRange(min = 1, max = 40) int height,
            @ForAll @IntRange(min = 1, max = 40) int width,
            @ForAll("fewOrAll") int classes,
            @ForAll long seed)
            throws IOException {
        LabelMask mask = random(height, width, classes, seed);
        byte[] png = MaskPng.encode(mask, classes);
        Raster seen = ImageIO.read(new ByteArrayInputStream(png)).getRaster();
        LabelMask back = MaskPng.decode(png);
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                assertThat(seen.getSample(column, row, 0)).isEqualTo(mask.label(row, column));
                assertThat(back.label(row, column)).isEqualTo(mask.label(row, column));
            }
        }
    }

    @Property(tries = 200)
    void refusesALabelWithoutAClassWhereverItIs(
            @ForAll @IntRange(min = 1, max = 60) int width, @ForAll("fewOrAll") int classes, @ForAll long seed) {
        Random random = new Random(seed);
        byte[] labels = new byte[width];
        labels[random.nextInt(width)] = (byte) Math.min(255, classes + 1 + random.nextInt(10));
        LabelMask mask = new LabelMask(1, width, labels);
        if (classes == 255) {
            assertThat(MaskPng.decode(MaskPng.encode(mask, classes))).isEqualTo(mask);
        } else {
            assertThatThrownBy(() -> MaskPng.encode(mask, classes))
                    .hasMessageStartingWith("labels must be at most " + classes);
        }
    }

    @Provide
    Arbitrary<Integer> fewOrAll() {
        return Arbitraries.of(1, 2, 254, 255);
    }

    @Test
    void givesBackAMaskThatNeedsManyChunks() {
        LabelMask mask = random(600, 700, 255, 1);
        assertThat(MaskPng.decode(MaskPng.encode(mask, 255))).isEqualTo(mask);
    }

    @Test
    void looksRightInAnyViewer() throws IOException {
        byte[] png = MaskPng.encode(new LabelMask(1, 3, new byte[] {0, 1, 0}), 1);
        BufferedImage seen = ImageIO.read(new ByteArrayInputStream(png));
        assertThat(seen.getRGB(0, 0)).isEqualTo(0xff000000);
        assertThat(seen.getRGB(1, 0)).isEqualTo(0xffffffff);
        byte[] coloured = MaskPng.encode(new LabelMask(1, 3, new byte[] {0, 1, 2}), 2);
        BufferedImage colours = ImageIO.read(new ByteArrayInputStream(coloured));
        assertThat(colours.getRGB(0, 0)).isEqualTo(0xff000000);
        assertThat(colours.getRGB(1, 0)).isNotEqualTo(colours.getRGB(2, 0));
    }

    @Test
    void refusesLabelsWithoutAClassAndPicturesThatAreNoMask() {
        LabelMask mask = new LabelMask(1, 2, new byte[] {0, 2});
        assertThatThrownBy(() -> MaskPng.encode(mask, 1)).hasMessage("labels must be at most 1, one was 2");
        byte[] colour = Pictures.encode(Pictures.ofType(BufferedImage.TYPE_3BYTE_BGR), "png");
        assertThatThrownBy(() -> MaskPng.decode(colour)).isInstanceOf(ImageRefusedException.class);
        byte[] jpeg = Pictures.encode(Pictures.ofType(BufferedImage.TYPE_BYTE_GRAY), "jpeg");
        assertThatThrownBy(() -> MaskPng.decode(jpeg)).isInstanceOf(ImageRefusedException.class);
    }

    private static LabelMask random(int height, int width, int classes, long seed) {
        Random random = new Random(seed);
        byte[] labels = new byte[height * width];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = (byte) random.nextInt(classes + 1);
        }
        return new LabelMask(height, width, labels);
    }
}
