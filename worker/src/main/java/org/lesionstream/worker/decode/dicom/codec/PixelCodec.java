package org.lesionstream.worker.decode.dicom.codec;

import org.lesionstream.schemas.image.DecodeLimits;

/**
 * Decodes frames of one family of transfer syntaxes. Stateless: several decode threads share one.
 *
 * <p>A library takes part by an implementation that is announced as a {@link java.util.ServiceLoader} service; it is asked before those
 * of this package.
 */
public interface PixelCodec {

    /** Whether it decodes frames of the transfer syntax with that UID. */
    boolean decodes(String transferSyntax);

    /**
     * Decodes one frame.
     *
     * @param coded the frame as it is coded, a byte of padding included
     * @param layout what the data set announces; its size is within the limits
     * @return {@link FrameLayout#frameBytes()} bytes. Bits above the precision of the coded samples are 0; colours are as they are coded, not
     *     converted, except by codecs that have a colour transform of their own
     * @throws org.lesionstream.schemas.image.ImageRefusedException if the frame is damaged, contradicts the layout, or is of a kind that is
     *     not decoded
     * @throws java.io.UncheckedIOException if the codec cannot work at all, whatever the frame
     */
    byte[] decode(byte[] coded, FrameLayout layout, DecodeLimits limits);
}
