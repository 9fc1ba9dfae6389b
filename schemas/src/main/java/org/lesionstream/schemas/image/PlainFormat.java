package org.lesionstream.schemas.image;

import java.util.OptionalInt;
import org.lesionstream.schemas.image.ImageRefusedException.Reason;

/** The picture formats that are read: how each begins, how its structure is checked, and which reader of the JDK decodes it. */
enum PlainFormat {
    PNG("com.sun.imageio.plugins.png.PNGImageReaderSpi"),
    JPEG("com.sun.imageio.plugins.jpeg.JPEGImageReaderSpi"),
    TIFF("com.sun.imageio.plugins.tiff.TIFFImageReaderSpi"),
    BMP("com.sun.imageio.plugins.bmp.BMPImageReaderSpi");

    private final String readerProvider;

    PlainFormat(String readerProvider) {
        this.readerProvider = readerProvider;
    }

    /** The format whose signature the file begins with. */
    static PlainFormat of(byte[] bytes) {
        if (begins(bytes, 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n')) {
            return PNG;
        }
        if (begins(bytes, 0xff, 0xd8, 0xff)) {
            return JPEG;
        }
        if (begins(bytes, 'I', 'I', 42, 0) || begins(bytes, 'M', 'M', 0, 42)) {
            return TIFF;
        }
        if (begins(bytes, 'B', 'M')) {
            return BMP;
        }
        throw new ImageRefusedException(Reason.UNSUPPORTED_FORMAT, "neither PNG, JPEG, TIFF nor BMP");
    }

    /** Class name of the JDK's service provider. */
    String readerProvider() {
        return readerProvider;
    }

    /**
     * Throws what is wrong with the file, without decoding a pixel.
     *
     * @param page counted from 1; empty where the file must hold one picture alone
     */
    void inspect(FileBytes file, OptionalInt page, DecodeLimits limits) {
        if (this != TIFF && page.orElse(1) != 1) {
            throw new ImageRefusedException(Reason.NO_SUCH_FRAME, "page " + page.getAsInt() + " of a " + this);
        }
        switch (this) {
            case PNG -> PngStructure.inspect(file, limits);
            case JPEG -> JpegStructure.inspect(file, limits);
            case TIFF -> TiffStructure.inspect(file, page, limits);
            case BMP -> BmpStructure.inspect(file, limits);
        }
    }

    private static boolean begins(byte[] bytes, int... signature) {
        if (bytes.length < signature.length) {
            return false;
        }
        for (int i = 0; i < signature.length; i++) {
            if ((bytes[i] & 0xff) != signature[i]) {
                return false;
            }
        }
        return true;
    }
}
