package org.lesionstream.schemas.nifti;

import org.lesionstream.schemas.image.ImageRefusedException;
import org.lesionstream.schemas.image.ImageRefusedException.Reason;

/** Makes the exceptions of this package. Details are numbers of the header, never its text. */
final class Refusal {

    private Refusal() {}

    /** The file ends early or contradicts itself. */
    static ImageRefusedException damaged(String detail) {
        return new ImageRefusedException(Reason.TRUNCATED_OR_DAMAGED, detail);
    }

    /** The file is sound, as far as was looked, and of a kind that is not read. */
    static ImageRefusedException unsupported(String detail) {
        return new ImageRefusedException(Reason.UNSUPPORTED_FORMAT, detail);
    }
}
