package org.lesionstream.schemas.image;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicReference;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;

/** Runs the JDK's own reader of a format over bytes whose structure was inspected before. */
final class JdkReader {

    private JdkReader() {}

    static BufferedImage read(PlainFormat format, byte[] bytes, DecodeLimits limits) {
        AtomicReference<String> fault = new AtomicReference<>();
        BufferedImage image;
        try (ByteArrayImageInput input = new ByteArrayImageInput(bytes)) {
            ImageReader reader = provider(format).createReaderInstance();
            try {
                reader.addIIOReadWarningListener((source, warning) -> {
                    if (meansLostPixels(warning)) {
                        fault.set(format + " whose pixels are damaged");
                    }
                });
                reader.setInput(input, true, true); // forward only; ignoring metadata keeps text bombs closed
                limits.checkPixels(reader.getWidth(0), reader.getHeight(0));
                image = reader.read(0);
            } finally {
                reader.dispose();
            }
        } catch (ImageRefusedException refused) {
            throw refused;
        } catch (IOException
                | RuntimeException
                        failure) { // readers throw any of these over damaged files; their texts may quote the file
            throw FileBytes.damaged(
                    format + " reader failed with " + failure.getClass().getSimpleName());
        }
        if (fault.get() != null) {
            throw FileBytes.damaged(fault.get());
        }
        return image;
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
