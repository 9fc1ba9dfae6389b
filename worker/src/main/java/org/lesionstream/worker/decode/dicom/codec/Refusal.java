package org.lesionstream.worker.decode.dicom.codec;

import org.lesionstream.schemas.image.ImageRefusedException;
import org.lesionstream.schemas.image.ImageRefusedException.Reason;

/** Makes the exceptions of the DICOM packages. Details name tags, sizes and markers, never a value that could tell of a patient. */
public final class Refusal {

    private Refusal() {}

    /** The file ends early or contradicts itself. */
    public static ImageRefusedException damaged(String detail) {
        return new ImageRefusedException(Reason.TRUNCATED_OR_DAMAGED, detail);
    }

    /** The file is sound, as far as was looked, and of a kind that is not read here. */
    public static ImageRefusedException unsupported(String detail) {
        return new ImageRefusedException(Reason.UNSUPPORTED_FORMAT, detail);
    }
}
