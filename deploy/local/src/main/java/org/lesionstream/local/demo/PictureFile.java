package org.lesionstream.local.demo;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.lesionstream.schemas.image.DecodeLimits;
import org.lesionstream.schemas.image.LabelMask;
import org.lesionstream.schemas.image.PixelGrid;
import org.lesionstream.schemas.image.PlainDecoder;
import org.lesionstream.schemas.image.SampleType;

/**
 * A picture or a mask read from its file, by the decoder that trainer and worker use.
 *
 * @param grid its samples
 */
record PictureFile(PixelGrid grid) {

    static PictureFile read(Path file) throws IOException {
        return new PictureFile(PlainDecoder.decode(Files.readAllBytes(file), DecodeLimits.DEFAULT));
    }

    /**
     * The picture as a mask: 0 and 255 are background and the one class, other values are classes by their number.
     *
     * @throws IllegalArgumentException when its samples have more than 8 bits
     */
    LabelMask mask() {
        PixelGrid grey = grid.withChannels(1);
        if (grey.type() != SampleType.UINT8) {
            throw new IllegalArgumentException("a mask must have 8 bits per pixel, had " + grey.type());
        }
        byte[] labels = grey.samples().clone();
        boolean oneClass = true;
        for (byte label : labels) {
            oneClass &= label == 0 || label == (byte) 255;
        }
        for (int i = 0; oneClass && i < labels.length; i++) {
            labels[i] = (byte) (labels[i] & 1);
        }
        return new LabelMask(grey.height(), grey.width(), labels);
    }

    /** The picture for people: 8 bits, three channels. */
    BufferedImage image() {
        PixelGrid colour = grid.channels() == 3 ? grid : grid.withChannels(3);
        BufferedImage image = new BufferedImage(grid.width(), grid.height(), BufferedImage.TYPE_INT_RGB);
        for (int row = 0; row < grid.height(); row++) {
            for (int column = 0; column < grid.width(); column++) {
                int rgb = 0;
                for (int channel = 0; channel < 3; channel++) {
                    rgb = rgb << 8 | eightBits(colour.sample(row, column, channel));
                }
                image.setRGB(column, row, rgb);
            }
        }
        return image;
    }

    /** The picture as a PNG. */
    byte[] png() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image(), "png", bytes);
        return bytes.toByteArray();
    }

    private int eightBits(int sample) {
        return grid.type() == SampleType.UINT8 ? sample : (sample - Short.MIN_VALUE) >> 8;
    }
}
