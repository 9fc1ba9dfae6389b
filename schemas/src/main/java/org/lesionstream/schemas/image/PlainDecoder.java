package org.lesionstream.schemas.image;

import java.awt.image.BufferedImage;
import java.util.OptionalInt;
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
 *   <li>A TIFF of several pages is decoded one page at a time.
 *   <li>Spacing is absent: resolution tags of such files describe printing.
 *   <li>Stateless; safe from many threads.
 * </ul>
 */
public final class PlainDecoder {

    private PlainDecoder() {}

    /**
     * Decodes a file of one picture.
     *
     * @throws ImageRefusedException if the bytes are no picture that is read here or several, go beyond the limits, or are damaged
     */
    public static PixelGrid decode(byte[] bytes, DecodeLimits limits) {
        return decode(bytes, OptionalInt.empty(), limits);
    }

    /**
     * Decodes one picture of a file.
     *
     * @param page which one, counted from 1; empty where the file must hold one alone
     * @throws ImageRefusedException if the bytes are no picture that is read here, lack that page, go beyond the limits, or are damaged
     */
    public static PixelGrid decode(byte[] bytes, OptionalInt page, DecodeLimits limits) {
        return RasterSamples.grid(read(bytes, page, limits));
    }

    /**
     * How many pictures a file holds, without decoding one: the pages of a TIFF, otherwise 1. Whether they can be decoded is not looked at.
     *
     * @throws ImageRefusedException if the bytes are no picture that is read here, are too many, or its pages are damaged
     */
    public static int pages(byte[] bytes, DecodeLimits limits) {
        return recognised(bytes, limits) == PlainFormat.TIFF ? TiffStructure.pages(new FileBytes(bytes)) : 1;
    }

    /**
     * The components of a JPEG as they are coded, for formats that carry JPEG and say themselves what its components mean: no conversion of
     * colours, components of lower resolution enlarged.
     *
     * @throws ImageRefusedException if the bytes are no JPEG of 8 bits with one or three components, go beyond the limits, or are damaged
     */
    public static PixelGrid jpegComponents(byte[] bytes, DecodeLimits limits) {
        if (inspected(bytes, OptionalInt.empty(), limits) != PlainFormat.JPEG) {
            throw FileBytes.unsupported("another format where a JPEG was announced");
        }
        return RasterSamples.grid(JdkReader.readComponents(PlainFormat.JPEG, bytes, limits));
    }

    static BufferedImage read(byte[] bytes, DecodeLimits limits) {
        return read(bytes, OptionalInt.empty(), limits);
    }

    private static BufferedImage read(byte[] bytes, OptionalInt page, DecodeLimits limits) {
        return JdkReader.read(inspected(bytes, page, limits), bytes, page.orElse(1) - 1, limits);
    }

    /** The format, once its structure is found to be sound. */
    private static PlainFormat inspected(byte[] bytes, OptionalInt page, DecodeLimits limits) {
        PlainFormat format = recognised(bytes, limits);
        format.inspect(new FileBytes(bytes), page, limits);
        return format;
    }

    private static PlainFormat recognised(byte[] bytes, DecodeLimits limits) {
        if (bytes.length == 0) {
            throw new ImageRefusedException(Reason.TRUNCATED_OR_DAMAGED, "no bytes");
        }
        if (bytes.length > limits.maxBytes()) {
            throw new ImageRefusedException(Reason.TOO_MANY_BYTES, bytes.length + " of " + limits.maxBytes());
        }
        return PlainFormat.of(bytes);
    }
}
