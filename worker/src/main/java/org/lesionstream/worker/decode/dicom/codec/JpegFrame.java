package org.lesionstream.worker.decode.dicom.codec;

import java.util.List;

/**
 * A frame header of JPEG or JPEG-LS.
 *
 * @param marker the second byte of the marker, which tells the kind of coding
 * @param precision bits of a sample
 */
record JpegFrame(int marker, int precision, int height, int width, List<Component> components) {

    static final int BASELINE = 0xc0;
    static final int EXTENDED = 0xc1;
    static final int LOSSLESS = 0xc3;
    static final int JPEG_LS = 0xf7;

    /**
     * One component of a frame.
     *
     * @param sampling horizontal factor in the upper four bits, vertical in the lower; 0x11 for components of full size
     * @param quantization number of its quantization table
     */
    record Component(int id, int sampling, int quantization) {}

    /** Refuses components of different sizes, which only lossy colour has. */
    void checkFullSize() {
        int sampling = components.get(0).sampling();
        if (components.size() > 1
                && (sampling != 0x11 || components.stream().anyMatch(component -> component.sampling() != sampling))) {
            throw Refusal.unsupported("components of different sizes");
        }
    }

    /** The place of a component in the frame. */
    int indexOf(int id) {
        for (int i = 0; i < components.size(); i++) {
            if (components.get(i).id() == id) {
                return i;
            }
        }
        throw Refusal.damaged("a scan of a component that the frame lacks");
    }
}
