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

    private static final byte WHITE = (byte) 255;

    static PictureFile read(Path file) throws IOException {
        return new PictureFile(PlainDecoder.decode(Files.readAllBytes(file), DecodeLimits.DEFAULT));
    }

    /**
     * Reads a mask as the trainer does: 0 and 255 alone are background and the one class, other values are classes by their number.
     *
     * @throws IllegalArgumentException when its samples have more than 8 bits, or 255 stands beside other classes
     */
    static LabelMask readMask(Path file) throws IOException {
        PixelGrid grey = read(file).grid.withChannels(1);
        if (grey.type() != SampleType.UINT8) {
            throw new IllegalArgumentException("mask " + file + " must have 8 bits per sample");
        }
        byte[] labels = grey.samples().clone();
        boolean white = false;
        int other = 0;
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] == WHITE) {
                white = true;
                labels[i] = 1;
            } else if (labels[i] != 0) {
                other = labels[i] & 0xff;
            }
        }
        if (white && other != 0) {
            throw new IllegalArgumentException(
                    "mask %s must hold class numbers, or only 0 and 255; it holds 255 beside %d"
                            .formatted(file, other));
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
