package org.lesionstream.worker.decode;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.lesionstream.schemas.image.DecodeLimits;
import org.lesionstream.schemas.image.ImageRefusedException;
import org.lesionstream.schemas.image.ImageRefusedException.Reason;
import org.lesionstream.schemas.image.PixelGrid;
import org.lesionstream.schemas.message.SlicePosition;
import org.lesionstream.worker.decode.dicom.DicomPicture;
import org.lesionstream.worker.decode.dicom.SliceOrder;
import org.lesionstream.worker.decode.dicom.SlicePlane;

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

    @Override
    public SourceLayout layout(byte[] bytes) {
        DicomPicture picture = DicomPicture.read(bytes, limits);
        int frames = picture.frames();
        List<SlicePlane> planes = IntStream.range(0, frames)
                .mapToObj(picture::plane)
                .flatMap(Optional::stream)
                .toList();
        return SliceOrder.ifStack(planes)
                .filter(stack -> planes.size() == frames)
                .map(stack -> new SourceLayout(frames, slices(stack)))
                .orElseGet(() -> SourceLayout.of(frames));
    }

    /** In the order of the frames. */
    private static List<SlicePosition> slices(SliceOrder stack) {
        SlicePosition[] slices = new SlicePosition[stack.order().size()];
        for (int i = 0; i < slices.length; i++) {
            slices[stack.order().get(i)] = new SlicePosition(stack.positions().get(i), stack.spacing());
        }
        return List.of(slices);
    }
}
