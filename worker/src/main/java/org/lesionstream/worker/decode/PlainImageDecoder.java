package org.lesionstream.worker.decode;

import java.util.OptionalInt;
import org.lesionstream.schemas.image.DecodeLimits;
import org.lesionstream.schemas.image.ImageRefusedException;
import org.lesionstream.schemas.image.ImageRefusedException.Reason;
import org.lesionstream.schemas.image.PixelGrid;
import org.lesionstream.schemas.image.PlainDecoder;

/** PNG, JPEG, TIFF and BMP. Stands last in a catalog: it takes what nobody else recognised and says itself what it cannot read. */
public final class PlainImageDecoder implements ImageDecoder {

    private final DecodeLimits limits;

    public PlainImageDecoder(DecodeLimits limits) {
        this.limits = limits;
    }

    @Override
    public boolean recognises(byte[] bytes) {
        return true;
    }

    @Override
    public PixelGrid decode(byte[] bytes, OptionalInt frame) {
        if (frame.orElse(1) != 1) { // files of several pages are refused
            throw new ImageRefusedException(Reason.NO_SUCH_FRAME, "frame " + frame.getAsInt() + " of a plain picture");
        }
        return PlainDecoder.decode(bytes, limits);
    }
}
