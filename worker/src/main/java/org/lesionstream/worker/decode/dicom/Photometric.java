package org.lesionstream.worker.decode.dicom;

import org.lesionstream.worker.decode.dicom.codec.Refusal;

/** What the samples of a pixel mean (PS3.3, C.7.6.3.1.2). */
enum Photometric {
    /** Grey, the lowest value white. */
    MONOCHROME1(1),
    /** Grey, the lowest value black. */
    MONOCHROME2(1),
    /** An index into tables of colours. */
    PALETTE_COLOR(1),
    RGB(3),
    /** Luminance and two colour differences. */
    YBR_FULL(3),
    /** The same, with colour differences for every other column only. */
    YBR_FULL_422(3),
    /** Luminance and colour differences of JPEG 2000, whose codecs give RGB. */
    YBR_ICT(3),
    YBR_RCT(3);

    private final int samples;

    Photometric(int samples) {
        this.samples = samples;
    }

    /** Samples of a pixel. */
    int samples() {
        return samples;
    }

    /** Whether decoded frames are luminance and colour differences. */
    boolean isLuminance() {
        return this == YBR_FULL || this == YBR_FULL_422;
    }

    static Photometric of(String code) {
        for (Photometric photometric : values()) {
            if (photometric.name().equals(code.replace(' ', '_'))) {
                return photometric;
            }
        }
        throw Refusal.unsupported("a photometric interpretation that is not known");
    }
}
