package org.lesionstream.worker.decode;

import org.lesionstream.schemas.message.ImageSource;

/** Gives the pixels of a source. Safe for use by several threads; the grid that it returns must not be changed. */
@FunctionalInterface
public interface SourcePixels {

    /**
     * The pixels of a source.
     *
     * @throws org.lesionstream.worker.failure.SegmentationException with the JSON pointer of what is wrong; temporary faults
     *     have a code of type transient
     */
    DecodedImage prepare(ImageSource source);
}
