package org.lesionstream.worker.decode.dicom;

/** Gives the frames of pixel data, one at a time, so that no more than one is in memory. */
@FunctionalInterface
interface FrameSource {

    /**
     * Decodes one frame.
     *
     * @param index from 0
     * @return samples in the layout of the description; bits above those stored may be anything
     * @throws org.lesionstream.schemas.image.ImageRefusedException if the frame is damaged or not there
     */
    byte[] frame(int index);
}
