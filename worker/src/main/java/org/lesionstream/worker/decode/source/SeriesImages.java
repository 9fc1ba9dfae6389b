package org.lesionstream.worker.decode.source;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.lesionstream.schemas.image.DecodeLimits;
import org.lesionstream.schemas.image.ImageRefusedException;
import org.lesionstream.schemas.image.ImageRefusedException.Reason;
import org.lesionstream.schemas.message.CaseImage;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.schemas.message.SlicePosition;
import org.lesionstream.worker.decode.dicom.DicomPicture;
import org.lesionstream.worker.decode.dicom.SliceOrder;
import org.lesionstream.worker.decode.dicom.SlicePlane;
import org.lesionstream.worker.delivery.ImagePart;
import org.lesionstream.worker.failure.SegmentationException;

/**
 * The images of a series, put in order: slices along their stack where all of them tell their planes and these are evenly apart, else as they
 * came. What holds no picture, such as a report, is passed over. Confined to one thread.
 */
final class SeriesImages {

    /**
     * An object of the series.
     *
     * @param frames how many pictures it holds
     * @param plane of its first frame, where it tells
     */
    record Instance(URI location, int frames, Optional<SlicePlane> plane) {}

    private final DecodeLimits limits;
    private final List<Instance> instances = new ArrayList<>();

    SeriesImages(DecodeLimits limits) {
        this.limits = limits;
    }

    /** A file of the series; passed over if it is no DICOM image. What is wrong with its pixels shows when they are decoded. */
    void add(URI location, byte[] bytes) {
        if (!DicomPicture.recognises(bytes)) {
            return;
        }
        try {
            DicomPicture picture = DicomPicture.read(bytes, limits);
            add(new Instance(location, picture.frames(), picture.plane(0)));
        } catch (ImageRefusedException refusal) {
            if (refusal.reason() != Reason.NO_PIXELS) {
                add(new Instance(location, 1, Optional.empty()));
            }
        }
    }

    void add(Instance instance) {
        instances.add(instance);
    }

    /**
     * The images in order.
     *
     * @throws SegmentationException if there are none or too many, or one of several holds many pictures itself
     */
    List<ImagePart> parts(String where) {
        if (instances.isEmpty()) {
            throw new SegmentationException(FailureCode.SOURCE_NOT_FOUND, where);
        }
        boolean nested = instances.size() > 1 && instances.stream().anyMatch(instance -> instance.frames() > 1);
        if (nested || instances.size() > CaseImage.MAX_IMAGES) {
            throw new SegmentationException(FailureCode.MANY_IMAGES, where);
        }
        return stack().map(this::along).orElseGet(() -> instances.stream()
                .map(instance -> part(instance, Optional.empty()))
                .toList());
    }

    private Optional<SliceOrder> stack() {
        List<SlicePlane> planes = instances.stream()
                .flatMap(instance -> instance.plane().stream())
                .toList();
        return SliceOrder.ifStack(planes).filter(stack -> planes.size() == instances.size());
    }

    private List<ImagePart> along(SliceOrder stack) {
        return IntStream.range(0, instances.size())
                .mapToObj(i -> part(
                        instances.get(stack.order().get(i)),
                        Optional.of(new SlicePosition(stack.positions().get(i), stack.spacing()))))
                .toList();
    }

    private static ImagePart part(Instance instance, Optional<SlicePosition> slice) {
        return new ImagePart(Optional.of(instance.location()), OptionalInt.empty(), slice);
    }
}
