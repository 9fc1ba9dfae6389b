package org.lesionstream.worker.decode;

import org.lesionstream.schemas.image.PixelGrid;

/** Reads one family of picture formats. Stateless: several decode threads share one. */
public interface ImageDecoder {

    /** Whether the first bytes are those of a format that this decoder reads; looks at nothing else. */
    boolean recognises(byte[] bytes);

    /**
     * Decodes a picture that it recognises.
     *
     * @throws org.lesionstream.schemas.image.ImageRefusedException if the picture is damaged or beyond the limits
     */
    PixelGrid decode(byte[] bytes);
}
