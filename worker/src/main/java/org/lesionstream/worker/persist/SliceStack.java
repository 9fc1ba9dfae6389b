package org.lesionstream.worker.persist;

import java.util.List;
import java.util.Optional;
import org.lesionstream.schemas.image.PixelSpacing;
import org.lesionstream.schemas.image.VoxelSpacing;
import org.lesionstream.schemas.message.SlicePosition;
import org.lesionstream.schemas.message.VolumeRefusal;

/**
 * The images of a case as one stack: image n is slice n - 1, whatever is missing in between.
 *
 * @param spacing of the voxels; absent where the pixel spacing is unknown
 */
record SliceStack(int height, int width, double sliceSpacing, Optional<VoxelSpacing> spacing) {

    /** How far the distance of two slices may be from the stated one, as a share of it: positions are often rounded. */
    private static final double TOLERANCE = 0.1;

    /**
     * What a stack must know of an image.
     *
     * @param image number of the image in its case, counted from 1
     */
    record Slice(
            int image, int height, int width, Optional<PixelSpacing> pixelSpacing, Optional<SlicePosition> position) {}

    /** Why the images make no stack; empty if they do. */
    static Optional<VolumeRefusal> refusal(List<Slice> slices) {
        if (!slices.stream().allMatch(slice -> slice.position().isPresent())) {
            return Optional.of(VolumeRefusal.NOT_ALL_ARE_SLICES);
        }
        Slice first = slices.get(0);
        if (!slices.stream().allMatch(slice -> slice.height() == first.height() && slice.width() == first.width())) {
            return Optional.of(VolumeRefusal.SIZES_DIFFER);
        }
        double spacing = first.position().orElseThrow().spacing();
        if (!slices.stream()
                .allMatch(slice -> slice.pixelSpacing().equals(first.pixelSpacing())
                        && slice.position().orElseThrow().spacing() == spacing)) {
            return Optional.of(VolumeRefusal.SPACINGS_DIFFER);
        }
        return inOrder(slices, spacing) ? Optional.empty() : Optional.of(VolumeRefusal.POSITIONS_DISAGREE);
    }

    /** The stack of images that make one. */
    static SliceStack of(List<Slice> slices) {
        Slice first = slices.get(0);
        double spacing = first.position().orElseThrow().spacing();
        return new SliceStack(
                first.height(),
                first.width(),
                spacing,
                first.pixelSpacing().map(pixel -> new VoxelSpacing(spacing, pixel)));
    }

    /** All in one direction, each as far from the one before as their numbers say. */
    private static boolean inOrder(List<Slice> slices, double spacing) {
        double direction = 0;
        for (int i = 1; i < slices.size(); i++) {
            Slice before = slices.get(i - 1);
            Slice slice = slices.get(i);
            double distance = slice.position().orElseThrow().position()
                    - before.position().orElseThrow().position();
            double wanted = spacing * (slice.image() - before.image());
            direction = direction == 0 ? Math.signum(distance) : direction;
            if (!(Math.abs(distance * direction - wanted) <= TOLERANCE * wanted)) {
                return false;
            }
        }
        return true;
    }
}
