package org.lesionstream.worker.decode;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
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

    /** A TIFF of equal grey pages. */
    static byte[] pages(int width, int height, int count) {
        var bytes = new ByteArrayOutputStream();
        var writer = ImageIO.getImageWritersByFormatName("tiff").next();
        try (var output = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(output);
            writer.prepareWriteSequence(null);
            for (int i = 0; i < count; i++) {
                var page = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
                writer.writeToSequence(new IIOImage(page, null, null), null);
            }
            writer.endWriteSequence();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
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
