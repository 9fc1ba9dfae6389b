package org.lesionstream.worker.decode.dicom;

import org.lesionstream.schemas.image.ImageRefusedException;
import org.lesionstream.schemas.image.ImageRefusedException.Reason;

/** Makes the exceptions of this package. Details name tags, sizes and markers, never a value that could tell of a patient. */
final class Refusal {

    private Refusal() {}

    /** The file ends early or contradicts itself. */
    static ImageRefusedException damaged(String detail) {
        return new ImageRefusedException(Reason.TRUNCATED_OR_DAMAGED, detail);
    }

    /** The file is sound, as far as was looked, and of a kind that is not read here. */
    static ImageRefusedException unsupported(String detail) {
        return new ImageRefusedException(Reason.UNSUPPORTED_FORMAT, detail);
    }

    /** A tag as it is printed in the standard, {@code (0028,0010)}. */
    static String tag(int tag) {
        return String.format("(%04X,%04X)", tag >>> 16, tag & 0xffff);
    }
}
