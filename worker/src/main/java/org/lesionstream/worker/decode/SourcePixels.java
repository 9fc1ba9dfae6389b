package org.lesionstream.worker.decode;

import org.lesionstream.schemas.message.ImageSource;

/** Gives what a source holds. Safe for use by several threads; the grid that it returns must not be changed. */
@FunctionalInterface
public interface SourcePixels {

    /**
     * The pixels of a source, or, where it holds many pictures and none is named, what they are.
     *
     * @throws org.lesionstream.worker.failure.SegmentationException with the JSON pointer of what is wrong; temporary faults
     *     have a code of type transient
     */
    SourceContent prepare(ImageSource source);
}
