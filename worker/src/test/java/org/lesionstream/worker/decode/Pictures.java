package org.lesionstream.worker.decode;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** Small encoded pictures. */
final class Pictures {

    private Pictures() {}

    /** Grey values {@code first, first + 1, ...} row by row. */
    static byte[] grey(int width, int height, int first) {
        var image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < width * height; i++) {
            image.getRaster().setSample(i % width, i / width, 0, first + i);
        }
        return png(image);
    }

    static byte[] colour(int width, int height) {
        return png(new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR));
    }

    static byte[] grey16(int width, int height) {
        return png(new BufferedImage(width, height, BufferedImage.TYPE_USHORT_GRAY));
    }

    private static byte[] png(BufferedImage image) {
        var bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
