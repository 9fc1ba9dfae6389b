package org.lesionstream.worker.decode;

import java.util.OptionalInt;
import org.lesionstream.schemas.image.PixelGrid;

/** Reads one family of picture formats. Several decode threads share one. */
public interface ImageDecoder {

    /** Whether the first bytes are those of a format that this decoder reads; looks at nothing else. */
    boolean recognises(byte[] bytes);

    /**
     * Decodes a picture that it recognises.
     *
     * @param frame which one of several, counted from 1; empty where one is expected
     * @throws org.lesionstream.schemas.image.ImageRefusedException if the picture is damaged, beyond the limits or has no such frame
     */
    PixelGrid decode(byte[] bytes, OptionalInt frame);

    /**
     * What a picture that it recognises holds; decodes no pixels, so what is said of a frame does not mean that it can be decoded.
     *
     * @throws org.lesionstream.schemas.image.ImageRefusedException if the picture is found to be damaged or beyond the limits
     */
    SourceLayout layout(byte[] bytes);
}
