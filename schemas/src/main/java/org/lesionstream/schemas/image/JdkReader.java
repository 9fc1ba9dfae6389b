package org.lesionstream.schemas.image;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.SampleModel;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicReference;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;

/** Runs the JDK's own reader of a format over bytes whose structure was inspected before. */
final class JdkReader {

    private static final int[] ALL_BANDS = {0, 1, 2};

    private JdkReader() {}

    /** @param page counted from 0 */
    static BufferedImage read(PlainFormat format, byte[] bytes, int page, DecodeLimits limits) {
        return read(format, bytes, page, limits, reader -> reader.read(page, parameters(format, reader)));
    }

    /** Without conversion of colours. */
    static Raster readComponents(PlainFormat format, byte[] bytes, DecodeLimits limits) {
        return read(format, bytes, 0, limits, reader -> reader.readRaster(0, null));
    }

    private static <T> T read(PlainFormat format, byte[] bytes, int page, DecodeLimits limits, Reading<T> reading) {
        DecodeTimer timer = limits.startTimer();
        AtomicReference<String> fault = new AtomicReference<>();
        T image;
        try (ByteArrayImageInput input = new ByteArrayImageInput(bytes, timer)) {
            ImageReader reader = provider(format).createReaderInstance();
            try {
                reader.addIIOReadWarningListener((source, warning) -> {
                    if (meansLostPixels(warning)) {
                        fault.set(format + " whose pixels are damaged");
                    }
                });
                reader.setInput(input, true, true); // forward only; ignoring metadata keeps text bombs closed
                limits.checkPixels(reader.getWidth(page), reader.getHeight(page));
                image = reading.from(reader);
            } finally {
                reader.dispose();
            }
        } catch (ImageRefusedException refused) {
            throw refused;
        } catch (IOException
                | RuntimeException
                        failure) { // readers throw any of these over damaged files; their texts may quote the file
            timer.check(); // some wrap what stopped them
            throw FileBytes.damaged(
                    format + " reader failed with " + failure.getClass().getSimpleName());
        }
        if (fault.get() != null) {
            throw FileBytes.damaged(fault.get());
        }
        return image;
    }

    /**
     * Lets a PNG or JPEG of three 8-bit bands be read straight into the order of {@link PixelGrid}: by itself the reader would turn every pixel round and
     * {@link RasterSamples} would turn it back. Naming the bands, though all of them, keeps the JPEG reader from bending colours by a profile in the file.
     */
    private static ImageReadParam parameters(PlainFormat format, ImageReader reader) throws IOException {
        ImageReadParam parameters = reader.getDefaultReadParam();
        if (format == PlainFormat.PNG || format == PlainFormat.JPEG) {
            ImageTypeSpecifier type = reader.getImageTypes(0).next();
            SampleModel model = type.getSampleModel();
            if (model.getNumBands() == 3 && model.getDataType() == DataBuffer.TYPE_BYTE) {
                WritableRaster raster = Raster.createInterleavedRaster(
                        DataBuffer.TYPE_BYTE, reader.getWidth(0), reader.getHeight(0), 3, null);
                parameters.setSourceBands(ALL_BANDS);
                parameters.setDestinationBands(ALL_BANDS);
                parameters.setDestination(new BufferedImage(type.getColorModel(), raster, false, null));
            }
        }
        return parameters;
    }

    /**
     * libjpeg goes on over damage and makes pixels up; these are its words for it, which are not translated. Superfluous bytes between segments and
     * the like cost no pixel.
     */
    private static boolean meansLostPixels(String warning) {
        boolean corrupt = warning.startsWith("Corrupt JPEG data") && !warning.contains("extraneous bytes");
        return corrupt
                || warning.startsWith("Premature end")
                || warning.startsWith("Truncated File")
                || warning.startsWith("Inconsistent progression");
    }

    /** What is asked of a reader whose picture was checked. */
    @FunctionalInterface
    private interface Reading<T> {
        T from(ImageReader reader) throws IOException;
    }

    private static ImageReaderSpi provider(PlainFormat format) {
        Iterator<ImageReaderSpi> providers =
                IIORegistry.getDefaultInstance().getServiceProviders(ImageReaderSpi.class, false);
        while (providers.hasNext()) {
            ImageReaderSpi provider = providers.next();
            if (provider.getClass().getName().equals(format.readerProvider())) {
                return provider;
            }
        }
        throw new IllegalStateException("this Java runtime lacks its own reader for " + format);
    }
}
