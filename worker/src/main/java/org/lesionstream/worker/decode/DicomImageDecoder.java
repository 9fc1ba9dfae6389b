package org.lesionstream.worker.decode;

import java.util.OptionalInt;
import org.lesionstream.schemas.image.DecodeLimits;
import org.lesionstream.schemas.image.ImageRefusedException;
import org.lesionstream.schemas.image.ImageRefusedException.Reason;
import org.lesionstream.schemas.image.PixelGrid;
import org.lesionstream.worker.decode.dicom.DicomPicture;

/** DICOM objects of one frame, or the frame of a larger one that the job names. */
public final class DicomImageDecoder implements ImageDecoder {

    private final DecodeLimits limits;

    public DicomImageDecoder(DecodeLimits limits) {
        this.limits = limits;
    }

    @Override
    public boolean recognises(byte[] bytes) {
        return DicomPicture.recognises(bytes);
    }

    @Override
    public PixelGrid decode(byte[] bytes, OptionalInt frame) {
        DicomPicture picture = DicomPicture.read(bytes, limits);
        if (frame.isEmpty() && picture.frames() > 1) {
            throw new ImageRefusedException(Reason.MANY_IMAGES, picture.frames() + " frames");
        }
        int wanted = frame.orElse(1);
        if (wanted > picture.frames()) {
            throw new ImageRefusedException(Reason.NO_SUCH_FRAME, "frame " + wanted + " of " + picture.frames());
        }
        return picture.grid(wanted - 1);
    }
}
