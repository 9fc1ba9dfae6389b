package org.lesionstream.worker.decode;

import java.util.OptionalInt;
import org.lesionstream.schemas.image.DecodeLimits;
import org.lesionstream.schemas.image.PixelGrid;
import org.lesionstream.schemas.image.PlainDecoder;

/** PNG, JPEG, BMP, and TIFF whose frames are its pages. Stands last in a catalog: it takes what nobody else recognised and says itself what it cannot read. */
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
        return PlainDecoder.decode(bytes, frame, limits);
    }

    @Override
    public SourceLayout layout(byte[] bytes) {
        return SourceLayout.of(PlainDecoder.pages(bytes, limits));
    }
}
