package org.lesionstream.trainer.data;

import org.lesionstream.schemas.image.LabelMask;
import org.lesionstream.schemas.image.PixelGrid;

/**
 * A prepared picture and the truth about it, pixel for pixel.
 *
 * @param image samples as a network would be fed: channels and intensity rule applied
 * @param mask one label per pixel of {@code image}
 */
public record Sample(PixelGrid image, LabelMask mask) {

    public Sample {
        if (image.height() != mask.height() || image.width() != mask.width()) {
            throw new IllegalArgumentException(
                    "image and mask must have one size, were %s and %s".formatted(image, mask));
        }
    }

    /** Bytes that this sample keeps on the heap. */
    long bytes() {
        return (long) image.samples().length + mask.labels().length;
    }
}
