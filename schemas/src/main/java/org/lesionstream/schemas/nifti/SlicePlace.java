package org.lesionstream.schemas.nifti;

/**
 * Where a slice lies in its stack.
 *
 * @param positionMillimetres of its centre along the normal of the slices, from the origin of the volume
 * @param spacingMillimetres from one slice to the next along that normal
 */
public record SlicePlace(double positionMillimetres, double spacingMillimetres) {

    public SlicePlace {
        if (!Double.isFinite(positionMillimetres)) {
            throw new IllegalArgumentException("positionMillimetres must be finite, was " + positionMillimetres);
        }
        if (!(spacingMillimetres > 0) || Double.isInfinite(spacingMillimetres)) {
            throw new IllegalArgumentException(
                    "spacingMillimetres must be positive and finite, was " + spacingMillimetres);
        }
    }
}
