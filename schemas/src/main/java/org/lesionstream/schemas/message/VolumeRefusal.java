package org.lesionstream.schemas.message;

/** Why the images of a case, though slices, make no volume; never a guess. */
public enum VolumeRefusal {
    /** Some images have a place in the stack and others have none. */
    NOT_ALL_ARE_SLICES,
    /** The slices differ in width or height. */
    SIZES_DIFFER,
    /** The slices differ in the spacing of their pixels or in their distance. */
    SPACINGS_DIFFER,
    /** The positions of the slices do not ascend or descend with the images by the stated distance. */
    POSITIONS_DISAGREE,
    /** A mask that is needed was dropped by age before the volume was measured, or cannot be read. */
    MASKS_UNAVAILABLE,
    /** More than 100,000 regions remain after the lesion rules: noise, not lesions. */
    TOO_MANY_LESIONS
}
