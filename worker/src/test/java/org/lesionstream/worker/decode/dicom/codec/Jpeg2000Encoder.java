package org.lesionstream.worker.decode.dicom.codec;

import java.awt.Point;
import java.awt.Transparency;
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
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.IntStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageWriter;
import javax.imageio.spi.ImageWriterSpi;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Lossless JPEG 2000 by the writer of the library that decodes it: for builds that hold the library. */
public final class Jpeg2000Encoder {

    private static final int START_OF_CODE_STREAM = 0xff4f_ff51;

    private Jpeg2000Encoder() {}

    /**
     * Encodes a frame.
     *
     * @param samples by pixel and sample, of 8 or 16 bits
     * @param components 1 for grey, 3 for colour
     */
    public static byte[] encode(int[] samples, int rows, int columns, int components, int bits) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (ImageOutputStream output = new MemoryCacheImageOutputStream(file)) {
            ImageWriter writer = library().createWriterInstance();
            writer.setOutput(output);
            writer.write(new IIOImage(image(samples, rows, columns, components, bits), null, null));
            writer.dispose();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return codeStream(file.toByteArray());
    }

    private static ImageWriterSpi library() {
        try {
            return Class.forName("com.github.jaiimageio.jpeg2000.impl.J2KImageWriterSpi")
                    .asSubclass(ImageWriterSpi.class)
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException absent) {
            throw new IllegalStateException("built without -Pjpeg2000", absent);
        }
    }

    private static BufferedImage image(int[] samples, int rows, int columns, int components, int bits) {
        int type = bits > 8 ? DataBuffer.TYPE_USHORT : DataBuffer.TYPE_BYTE;
        ColorSpace space = ColorSpace.getInstance(components == 1 ? ColorSpace.CS_GRAY : ColorSpace.CS_sRGB);
        ColorModel model = new ComponentColorModel(space, false, false, Transparency.OPAQUE, type);
        WritableRaster raster = Raster.createInterleavedRaster(
                type,
                columns,
                rows,
                columns * components,
                components,
                IntStream.range(0, components).toArray(),
                new Point(0, 0));
        raster.setPixels(0, 0, columns, rows, samples);
        return new BufferedImage(model, raster, false, null);
    }

    /** What DICOM has of a JP2 file. */
    private static byte[] codeStream(byte[] file) {
        ByteBuffer bytes = ByteBuffer.wrap(file);
        int begin = 0;
        while (bytes.getInt(begin) != START_OF_CODE_STREAM) {
            begin++;
        }
        return Arrays.copyOfRange(file, begin, file.length);
    }
}
