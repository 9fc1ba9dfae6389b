package org.lesionstream.worker.decode.dicom.codec;

import java.util.Set;
import org.lesionstream.schemas.image.DecodeLimits;
import org.lesionstream.schemas.image.DecodeTimer;
import org.lesionstream.schemas.image.PixelGrid;
import org.lesionstream.schemas.image.PlainDecoder;

/**
 * JPEG (ITU-T T.81) as DICOM uses it: baseline and extended by the reader of the JDK, extended of 12 bits and lossless by our own.
 *
 * <p>What a frame is says its own header; syntax UIDs are often wrong about it.
 */
final class JpegCodec implements PixelCodec {

    private static final Set<String> SYNTAXES = Set.of(
            "1.2.840.10008.1.2.4.50", // baseline
            "1.2.840.10008.1.2.4.51", // extended
            "1.2.840.10008.1.2.4.57", // lossless
            "1.2.840.10008.1.2.4.70"); // lossless, first-order prediction

    @Override
    public boolean decodes(String transferSyntax) {
        return SYNTAXES.contains(transferSyntax);
    }

    @Override
    public byte[] decode(byte[] coded, FrameLayout layout, DecodeLimits limits) {
        DecodeTimer timer = limits.startTimer();
        JpegStream stream = new JpegStream(coded, limits.maxScans());
        JpegFrame frame = stream.frame();
        layout.check(frame.height(), frame.width(), frame.components().size(), frame.precision());
        if (frame.marker() == JpegFrame.LOSSLESS) {
            return new LosslessDecoder(stream, frame, layout, timer).decode();
        }
        if (frame.marker() == JpegFrame.EXTENDED && frame.precision() == 12) {
            return new TwelveBitDecoder(stream, frame, layout, timer).decode();
        }
        if ((frame.marker() == JpegFrame.BASELINE || frame.marker() == JpegFrame.EXTENDED) && frame.precision() == 8) {
            return wide(PlainDecoder.jpegComponents(coded, limits), layout);
        }
        throw Refusal.unsupported(
                "JPEG frame " + Integer.toHexString(frame.marker()) + " with " + frame.precision() + " bits");
    }

    private static byte[] wide(PixelGrid components, FrameLayout layout) {
        byte[] narrow = components.samples();
        if (layout.bytesPerSample() == 1) {
            return narrow;
        }
        byte[] target = new byte[layout.frameBytes()];
        for (int i = 0; i < narrow.length; i++) {
            target[i * layout.bytesPerSample()] = narrow[i];
        }
        return target;
    }
}
