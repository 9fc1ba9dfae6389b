package org.lesionstream.schemas.lesion;

import java.util.List;

/**
 * Which regions of a mask count as lesions. Part of the checkpoint, since it changes what is reported; the stored mask keeps every pixel.
 *
 * @param smallestAreaPixels regions with fewer pixels are not lesions; 1 keeps all
 */
public record LesionRules(long smallestAreaPixels) {

    /** Every region is a lesion. */
    public static final LesionRules ALL = new LesionRules(1);

    public LesionRules {
        if (smallestAreaPixels < 1) {
            throw new IllegalArgumentException("smallestAreaPixels must be positive, was " + smallestAreaPixels);
        }
    }

    /** The regions that count, in their order. */
    public List<Region> apply(List<Region> regions) {
        return regions.stream()
                .filter(region -> region.area() >= smallestAreaPixels)
                .toList();
    }
}
