package org.lesionstream.worker.result.dicom;

import java.util.List;
import org.lesionstream.schemas.image.LabelMask;
import org.lesionstream.schemas.lesion.LesionStatistics;

/**
 * One picture of a case and what was found in it.
 *
 * @param image its number in the case, counted from 1
 * @param instance the object that it is in
 * @param frame which picture of the object, counted from 0
 * @param mask in the size of the picture
 * @param lesions those of the mask; empty where the case is measured as a volume
 */
public record SegmentedImage(
        int image, SourceInstance instance, int frame, LabelMask mask, List<LesionStatistics> lesions) {

    public SegmentedImage {
        if (image < 1) {
            throw new IllegalArgumentException("image must be at least 1, was " + image);
        }
        if (frame < 0 || frame >= instance.frames()) {
            throw new IllegalArgumentException("frame must be 0 to " + (instance.frames() - 1) + ", was " + frame);
        }
        if (mask.height() != instance.rows() || mask.width() != instance.columns()) {
            throw new IllegalArgumentException(
                    "mask must be " + instance.rows() + "x" + instance.columns() + ", was " + mask);
        }
        lesions = List.copyOf(lesions);
    }

    ImageReference reference() {
        return instance.reference(frame);
    }
}
