package org.lesionstream.schemas.image;

import java.awt.image.BufferedImage;
import org.lesionstream.schemas.image.ImageRefusedException.Reason;

/**
 * Decodes PNG, JPEG, TIFF and BMP under limits.
 *
 * <ul>
 *   <li>The format is told by the first bytes, never by a name or media type; the reader is one of the JDK, taken by its class name, so nothing
 *       that a library registers can slip in.
 *   <li>Size, number of scans, pages and completeness are read from the file's own structure before the reader sees it: a bomb or a torn file
 *       costs milliseconds. Text and profile metadata are never inflated.
 *   <li>A file that ends early is refused. A mask over made-up grey would look like a result.
 *   <li>8 and 16 bits per sample, also 1, 2 and 4 bit; palettes become colour, or grey where the palette is grey; alpha is dropped. Samples are the
 *       numbers in the file: gamma, colour profiles and orientation tags are not applied.
 *   <li>Spacing is absent: resolution tags of such files describe printing.
 *   <li>Stateless; safe from many threads.
 * </ul>
 */
public final class PlainDecoder {

    private PlainDecoder() {}

    /**
     * Decodes one picture.
     *
     * @throws ImageRefusedException if the bytes are no picture that is read here, go beyond the limits, or are damaged
     */
    public static PixelGrid decode(byte[] bytes, DecodeLimits limits) {
        return RasterSamples.grid(read(bytes, limits));
    }

    /**
     * The components of a JPEG as they are coded, for formats that carry JPEG and say themselves what its components mean: no conversion of
     * colours, components of lower resolution enlarged.
     *
     * @throws ImageRefusedException if the bytes are no JPEG of 8 bits with one or three components, go beyond the limits, or are damaged
     */
    public static PixelGrid jpegComponents(byte[] bytes, DecodeLimits limits) {
        if (inspected(bytes, limits) != PlainFormat.JPEG) {
            throw FileBytes.unsupported("another format where a JPEG was announced");
        }
        return RasterSamples.grid(JdkReader.readComponents(PlainFormat.JPEG, bytes, limits));
    }

    static BufferedImage read(byte[] bytes, DecodeLimits limits) {
        return JdkReader.read(inspected(bytes, limits), bytes, limits);
    }

    /** The format, once its structure is found to be sound. */
    private static PlainFormat inspected(byte[] bytes, DecodeLimits limits) {
        if (bytes.length == 0) {
            throw new ImageRefusedException(Reason.TRUNCATED_OR_DAMAGED, "no bytes");
        }
        if (bytes.length > limits.maxBytes()) {
            throw new ImageRefusedException(Reason.TOO_MANY_BYTES, bytes.length + " of " + limits.maxBytes());
        }
        PlainFormat format = PlainFormat.of(bytes);
        FileBytes file = new FileBytes(bytes);
        format.inspect(file, limits);
        return format;
    }
}
