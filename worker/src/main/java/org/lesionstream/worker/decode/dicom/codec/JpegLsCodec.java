package org.lesionstream.worker.decode.dicom.codec;

import java.util.Set;
import org.lesionstream.schemas.image.DecodeLimits;

/** JPEG-LS, lossless and near-lossless (ITU-T T.87). */
final class JpegLsCodec implements PixelCodec {

    private static final Set<String> SYNTAXES = Set.of("1.2.840.10008.1.2.4.80", "1.2.840.10008.1.2.4.81");

    @Override
    public boolean decodes(String transferSyntax) {
        return SYNTAXES.contains(transferSyntax);
    }

    @Override
    public byte[] decode(byte[] coded, FrameLayout layout, DecodeLimits limits) {
        JpegStream stream = new JpegStream(coded, limits.maxScans());
        JpegFrame frame = stream.frame();
        if (frame.marker() != JpegFrame.JPEG_LS || frame.precision() < 2 || frame.precision() > 16) {
            throw Refusal.unsupported(
                    "JPEG-LS frame " + Integer.toHexString(frame.marker()) + " with " + frame.precision() + " bits");
        }
        layout.check(frame.height(), frame.width(), frame.components().size(), frame.precision());
        frame.checkFullSize();
        Planes planes = new Planes(layout, limits.startTimer());
        for (JpegScan scan = stream.nextScan(); scan != null; scan = stream.nextScan()) {
            if (stream.restartInterval() != 0 || (scan.transform() & 0xf) != 0) {
                throw Refusal.unsupported("JPEG-LS with restarts or a point transform");
            }
            for (JpegScan.Component component : scan.components()) {
                if (component.tables() != 0) {
                    throw Refusal.unsupported("JPEG-LS with mapping tables");
                }
                planes.begin(component.index());
            }
            JpegLsParameters parameters = JpegLsParameters.of(frame.precision(), scan.first(), stream.preset());
            JpegLsBits bits = new JpegLsBits(stream.bytes(), stream.position());
            new JpegLsScan(parameters, bits, layout).decode(scan, planes);
            stream.position(bits.position());
        }
        return planes.complete();
    }
}
