package org.lesionstream.schemas.image;

import java.awt.Point;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.stream.IntStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Pictures that the decoder tests write themselves. */
final class Pictures {

    static final int HEIGHT = 19;
    static final int WIDTH = 23;

    private Pictures() {}

    static byte[] encode(BufferedImage image, String format) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            if (!ImageIO.write(image, format, bytes)) {
                throw new IllegalArgumentException("no writer for " + format + " of " + image);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** A TIFF in one of the JDK's compressions, by its name there. */
    static byte[] tiff(BufferedImage image, String compression) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("tiff").next();
        ImageWriteParam parameters = writer.getDefaultWriteParam();
        parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        parameters.setCompressionType(compression);
        return encode(image, writer, parameters);
    }

    /** A JPEG of several scans. */
    static byte[] progressive(BufferedImage image) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ImageWriteParam parameters = writer.getDefaultWriteParam();
        parameters.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
        return encode(image, writer, parameters);
    }

    private static byte[] encode(BufferedImage image, ImageWriter writer, ImageWriteParam parameters) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream output = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(output);
            writer.write(null, new IIOImage(image, null, null), parameters);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    /** A TIFF of several pages. */
    static byte[] pages(BufferedImage... images) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("tiff").next();
        try (ImageOutputStream output = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(output);
            writer.prepareWriteSequence(null);
            for (BufferedImage image : images) {
                writer.writeToSequence(new IIOImage(image, null, null), null);
            }
            writer.endWriteSequence();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    /** A smooth value per place, different in every channel, over the whole range. */
    static int value(int row, int column, int channel, int highest) {
        return (int) ((long) (row * 7 + column * 5 + channel * 11) * highest / (HEIGHT * 7 + WIDTH * 5 + 33));
    }

    static BufferedImage ofType(int type) {
        return filled(new BufferedImage(WIDTH, HEIGHT, type), 255);
    }

    /** Samples of 16 bits, one to four of them a pixel. */
    static BufferedImage wide(int samples) {
        int space = samples < 3 ? ColorSpace.CS_GRAY : ColorSpace.CS_sRGB;
        boolean alpha = samples % 2 == 0;
        ColorModel model = new ComponentColorModel(
                ColorSpace.getInstance(space),
                alpha,
                false,
                alpha ? ColorModel.TRANSLUCENT : ColorModel.OPAQUE,
                DataBuffer.TYPE_USHORT);
        WritableRaster raster = Raster.createInterleavedRaster(
                DataBuffer.TYPE_USHORT,
                WIDTH,
                HEIGHT,
                WIDTH * samples,
                samples,
                IntStream.range(0, samples).toArray(),
                new Point(0, 0));
        return filled(new BufferedImage(model, raster, false, null), 65535);
    }

    private static BufferedImage filled(BufferedImage image, int highest) {
        WritableRaster raster = image.getRaster();
        for (int r = 0; r < image.getHeight(); r++) {
            for (int c = 0; c < image.getWidth(); c++) {
                for (int k = 0; k < raster.getNumBands(); k++) {
                    raster.setSample(c, r, k, value(r, c, k, highest));
                }
            }
        }
        return image;
    }
}
