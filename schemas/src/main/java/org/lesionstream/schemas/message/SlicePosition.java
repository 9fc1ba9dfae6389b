package org.lesionstream.schemas.message;

/**
 * Where an image lies in the stack of its case, in millimetres along the normal of the slices.
 *
 * @param position of the centre of this slice, from any origin that the case shares
 * @param spacing from the centre of one slice to the next
 */
public record SlicePosition(double position, double spacing) {
    public SlicePosition {
        if (!Double.isFinite(position)) {
            throw new IllegalArgumentException("position must be finite, was " + position);
        }
        if (!(spacing > 0 && Double.isFinite(spacing))) {
            throw new IllegalArgumentException("spacing must be positive, was " + spacing);
        }
    }
}
